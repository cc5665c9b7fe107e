package dev.linkedrole.nativeimage;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Methods and classes that the executable has another in the place of, or none. */
final class Substitutions {

    private static final String ANNOTATIONS = "com.oracle.svm.core.annotate.";
    private static final Set<String> REPLACING = Set.of(ANNOTATIONS + "Substitute", ANNOTATIONS + "Delete");

    private final Set<String> replaced = new HashSet<>();

    Substitutions(ClassPath jars) {
        byte[] mark = "Lcom/oracle/svm/core/annotate/TargetClass;".getBytes(StandardCharsets.UTF_8);
        for (String entry : jars.entries()) {
            if (entry.endsWith(".class")) {
                jars.all(entry).stream().filter(bytes -> contains(bytes, mark)).forEach(this::read);
            }
        }
    }

    private void read(byte[] bytes) {
        ClassModel type = ClassFile.of().parse(bytes);
        annotations(type)
                .filter(annotation -> name(annotation).equals(ANNOTATIONS + "TargetClass"))
                .findAny()
                .flatMap(Substitutions::target)
                .ifPresent(target -> {
                    if (annotations(type).anyMatch(annotation -> REPLACING.contains(name(annotation)))) {
                        replaced.add(target);
                    }
                    for (MethodModel method : type.methods()) {
                        if (annotations(method).anyMatch(annotation -> REPLACING.contains(name(annotation)))) {
                            replaced.add(target + "." + method.methodName().stringValue());
                        }
                    }
                });
    }

    private static Optional<String> target(Annotation annotation) {
        StringBuilder name = new StringBuilder();
        for (var element : annotation.elements()) {
            switch (element.value()) {
                case AnnotationValue.OfClass type
                when element.name().equalsString("value") -> name.insert(0, name(type.classSymbol()));
                case AnnotationValue.OfString text
                when element.name().equalsString("className") -> name.insert(0, text.stringValue());
                case AnnotationValue.OfArray inner
                when element.name().equalsString("innerClass") ->
                    inner.values()
                            .forEach(each -> name.append('$').append(((AnnotationValue.OfString) each).stringValue()));
                default -> {}
            }
        }
        return Optional.of(name.toString()).filter(each -> !each.isEmpty());
    }

    /** True if this method is not in the executable. */
    boolean replace(String type, String method) {
        return replaced.contains(type) || replaced.contains(type + "." + method);
    }

    private static Stream<Annotation> annotations(AttributedElement element) {
        return Stream.concat(
                element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                        .flatMap(attribute -> attribute.annotations().stream()),
                element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                        .flatMap(attribute -> attribute.annotations().stream()));
    }

    private static String name(Annotation annotation) {
        return name(annotation.classSymbol());
    }

    private static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private static boolean contains(byte[] bytes, byte[] mark) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(mark, StandardCharsets.ISO_8859_1));
    }
}
