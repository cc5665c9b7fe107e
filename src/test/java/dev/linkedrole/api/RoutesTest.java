package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The API's table of paths has exactly the paths of its resources. */
class RoutesTest {

    @Test
    void every_path_of_a_resource_is_there_with_its_methods_and_no_other() {
        assertThat(Routes.ALL.stream().collect(Collectors.toMap(Routes.Route::template, Routes.Route::methods)))
                .isEqualTo(ofResources());
    }

    @Test
    void a_path_is_found_whatever_is_in_the_place_of_a_name() {
        assertThat(Routes.methods("/api/roles/some/history")).containsExactly("GET");
        assertThat(Routes.methods("api/roles/some/reconcile")).containsExactly("POST");
        assertThat(Routes.methods("/api/roles/")).containsExactly("GET");
        assertThat(Routes.methods("/api/roles/some/nothing")).isEmpty();
        assertThat(Routes.methods("/api/rolesx")).isEmpty();
    }

    private static Map<String, List<String>> ofResources() {
        Map<String, TreeSet<String>> routes = new TreeMap<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.linkedrole.api")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .forEach(resource -> {
                            for (Method method : resource.getDeclaredMethods()) {
                                httpMethod(method)
                                        .ifPresent(name -> routes.computeIfAbsent(
                                                        path(resource, method), path -> new TreeSet<>())
                                                .add(name));
                            }
                        });
        Map<String, List<String>> sorted = new TreeMap<>();
        routes.forEach((path, methods) -> sorted.put(path, List.copyOf(methods)));
        return sorted;
    }

    private static String path(Class<?> resource, Method method) {
        String base = resource.getAnnotation(Path.class).value();
        return Optional.ofNullable(method.getAnnotation(Path.class))
                .map(path -> base + path.value())
                .orElse(base);
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(HttpMethod::value)
                .findFirst();
    }
}
