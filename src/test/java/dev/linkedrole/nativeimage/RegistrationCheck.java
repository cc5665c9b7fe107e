package dev.linkedrole.nativeimage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Check of recorded calls against what is registered. A call is no finding
 *
 * <ul>
 *   <li>while a class is initialized that native-image initializes: that is at build time, as all that Quarkus does in its phase
 *       {@code STATIC_INIT} (the initializer of {@code ApplicationImpl}),
 *   <li>if it has constant arguments: native-image makes it, or registers what it needs, as it compiles,
 *   <li>if the executable has another method in the place of the caller's (GraalVM's {@code @Substitute}),
 *   <li>if what it looks for is absent on the JVM as well.
 * </ul>
 */
final class RegistrationCheck {

    private final ClassPath service;
    private final NativeSources sources;
    private final CallSites sites;
    private final Substitutions substitutions;

    RegistrationCheck(ClassPath service, NativeSources sources) {
        this.service = service;
        this.sources = sources;
        this.sites = new CallSites(service);
        this.substitutions = new Substitutions(sources.jars());
    }

    /** True if the executable lacks what the call needs. */
    boolean isFinding(ReflectiveUse use) {
        return use.initializing().stream().noneMatch(sources::isInitializedAtBuildTime)
                && isThere(use)
                && !isRegistered(use)
                && !substitutions.replace(use.callingClass(), use.method())
                && !sites.isConstant(use);
    }

    private boolean isThere(ReflectiveUse use) {
        return switch (use.kind()) {
            case "begin" -> false;
            case "class" -> isType(use.subject());
            case "findClass" -> isType(use.detail());
            case "resource" -> service.has(resource(use));
            case "services" -> service.has(services(use));
            default -> true;
        };
    }

    private boolean isType(String name) {
        if (service.hasClass(name)) {
            return true;
        }
        try {
            Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private boolean isRegistered(ReflectiveUse use) {
        RegisteredType type = sources.type(use.subject());
        return switch (use.kind()) {
            case "class", "getRecordComponents", "getClasses", "getDeclaredClasses" -> type.registered();
            case "findClass" -> sources.type(use.detail()).registered();
            case "getConstructors", "getDeclaredConstructors", "getConstructor", "getDeclaredConstructor" ->
                type.hasConstructors();
            case "new", "findConstructor" -> type.mayCall("<init>");
            case "getMethods", "getDeclaredMethods" -> type.hasMethods();
            case "getMethod", "getDeclaredMethod" -> type.hasMethod(use.detail());
            case "findVirtual", "findStatic", "findSpecial" -> type.mayCall(use.detail());
            case "invoke" -> type.mayCall(use.detail().replaceFirst("\\(.*", ""));
            case "getFields", "getDeclaredFields" -> type.hasFields();
            case "getField", "getDeclaredField", "access" -> type.hasField(use.detail());
            case "findGetter",
                    "findSetter",
                    "findStaticGetter",
                    "findStaticSetter",
                    "findVarHandle",
                    "findStaticVarHandle" -> type.hasField(use.detail());
            case "resource" -> sources.hasResource(resource(use));
            case "services" ->
                sources.hasResource(services(use)) && providers(use).allMatch(this::isProvider);
            case "bundle" -> sources.hasBundle(use.subject());
            case "proxy" -> sources.hasProxy(List.of(use.subject().split(",")));
            // Code cannot be made at run time.
            case "define" -> false;
            default -> throw new IllegalStateException("not a kind of call that is known: " + use);
        };
    }

    private boolean isProvider(String name) {
        RegisteredType provider = sources.type(name);
        return provider.hasConstructors() || provider.hasMethod("provider");
    }

    private Stream<String> providers(ReflectiveUse use) {
        return service.all(services(use)).stream()
                .flatMap(file -> new String(file, StandardCharsets.UTF_8).lines())
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty());
    }

    private static String services(ReflectiveUse use) {
        return "META-INF/services/" + use.subject();
    }

    /** Full name of a resource: a class finds those of its own package by a short one. */
    private static String resource(ReflectiveUse use) {
        String name = use.subject();
        if (name.startsWith("/")) {
            return name.substring(1);
        }
        int end = use.detail().lastIndexOf('.');
        return end < 0 ? name : use.detail().substring(0, end).replace('.', '/') + "/" + name;
    }
}
