package dev.linkedrole.nativeimage.agent;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Agent that makes the JDK's methods for reflection and resources report each call to {@link ReflectionRecorder}. Its
 * argument is the file to write.
 */
public final class ReflectionAgent implements ClassFileTransformer {

    private static final ClassDesc RECORDER =
            ReflectionRecorder.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc RECORD = MethodTypeDesc.of(
            ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

    private static final MethodTypeDesc RECORD_CLASS =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);
    private static final MethodTypeDesc LOAD_CLASS = MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String);

    /** The class loader of the packaged service: what it asks the one above it for, it was asked for. */
    private static final String SERVICE_LOADER = "io/quarkus/bootstrap/runner/RunnerClassLoader";

    private static final String LOADING = "loadClass";

    private static final Set<String> FIND = Set.of(
            "findConstructor",
            "findVirtual",
            "findStatic",
            "findSpecial",
            "findGetter",
            "findSetter",
            "findStaticGetter",
            "findStaticSetter",
            "findVarHandle",
            "findStaticVarHandle");

    private static final Set<String> ALL_MEMBERS = Set.of(
            "getMethods",
            "getDeclaredMethods",
            "getConstructors",
            "getDeclaredConstructors",
            "getFields",
            "getDeclaredFields",
            "getRecordComponents",
            "getClasses",
            "getDeclaredClasses");

    private static final Set<String> ONE_MEMBER = Set.of(
            "getMethod",
            "getDeclaredMethod",
            "getConstructor",
            "getDeclaredConstructor",
            "getField",
            "getDeclaredField");

    /** The classes whose methods report, by their internal names. */
    private static final Map<String, Class<?>> REPORTING = Map.of(
            "java/lang/Class", Class.class,
            "java/lang/ClassLoader", ClassLoader.class,
            "java/lang/reflect/Method", Method.class,
            "java/lang/reflect/Constructor", Constructor.class,
            "java/lang/reflect/Field", Field.class,
            "java/lang/reflect/Proxy", Proxy.class,
            "java/lang/invoke/MethodHandles$Lookup", MethodHandles.Lookup.class,
            "java/util/ServiceLoader", ServiceLoader.class,
            "java/util/ResourceBundle", ResourceBundle.class);

    /**
     * Which arguments of a method say what it is about; the slot of a receiver is 0.
     *
     * @param detail slot, or -1 if the subject says it all
     */
    private record Report(String kind, int subject, int detail) {}

    private ReflectionAgent() {}

    public static void premain(String file, Instrumentation instrumentation)
            throws IOException, UnmodifiableClassException {
        ReflectionRecorder.open(Path.of(file));
        instrumentation.addTransformer(new ReflectionAgent(), true);
        instrumentation.retransformClasses(REPORTING.values().toArray(Class<?>[]::new));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null) {
            return null;
        }
        try {
            if (REPORTING.containsKey(name)) {
                return reporting(name, bytes);
            }
            if (loader == null || loader.equals(ClassLoader.getPlatformClassLoader()) || name.equals(SERVICE_LOADER)) {
                return null;
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).contains(LOADING) ? loading(loader, bytes) : null;
        } catch (RuntimeException | Error e) {
            // The JVM drops what a transformer throws, and the record would lack something unnoticed.
            ReflectionRecorder.fail(name, e);
            throw e;
        }
    }

    /** Makes the methods of a class report. */
    private static byte[] reporting(String name, byte[] bytes) {
        ClassFile format = ClassFile.of();
        ClassTransform all = (builder, element) -> {
            Report report = element instanceof MethodModel method ? report(name, method) : null;
            if (report != null) {
                builder.transformMethod((MethodModel) element, MethodTransform.transformingCode(first(report)));
            } else {
                builder.with(element);
            }
        };
        return format.transformClass(format.parse(bytes), all);
    }

    /**
     * Makes a class report before it calls {@code loadClass}. The method itself cannot: the JVM calls it, too, for each class that
     * another one refers to.
     */
    private static byte[] loading(ClassLoader loader, byte[] bytes) {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader()))
                .orElse(unknown -> ClassHierarchyResolver.ClassHierarchyInfo.ofInterface());
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        return format.transformClass(format.parse(bytes), ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof InvokeInstruction call
                    && call.name().equalsString(LOADING)
                    && call.typeSymbol().equals(LOAD_CLASS)) {
                code.dup();
                code.invokestatic(RECORDER, "recordClass", RECORD_CLASS);
            }
            code.with(element);
        }));
    }

    private static CodeTransform first(Report report) {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                code.loadConstant(report.kind());
                code.aload(report.subject());
                if (report.detail() < 0) {
                    code.aconst_null();
                } else {
                    code.aload(report.detail());
                }
                code.invokestatic(RECORDER, "record", RECORD);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    private static @Nullable Report report(String owner, MethodModel method) {
        if (!method.flags().has(AccessFlag.PUBLIC) || method.code().isEmpty()) {
            return null;
        }
        String name = method.methodName().stringValue();
        boolean isStatic = method.flags().has(AccessFlag.STATIC);
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        boolean named = !parameters.isEmpty() && parameters.getFirst().equals(ConstantDescs.CD_String);
        return switch (owner) {
            case "java/lang/Class" -> ofClass(name, named);
            case "java/lang/ClassLoader" -> ofLoader(name, isStatic, named);
            case "java/lang/reflect/Method" -> name.equals("invoke") ? new Report("invoke", 0, -1) : null;
            case "java/lang/reflect/Constructor" -> name.equals("newInstance") ? new Report("invoke", 0, -1) : null;
            case "java/lang/reflect/Field" ->
                name.matches("[gs]et(Boolean|Byte|Char|Short|Int|Long|Float|Double)?")
                        ? new Report("access", 0, -1)
                        : null;
            case "java/lang/reflect/Proxy" -> name.equals("newProxyInstance") ? new Report("proxy", 1, -1) : null;
            case "java/lang/invoke/MethodHandles$Lookup" -> ofLookup(name, parameters);
            case "java/util/ServiceLoader" -> isStatic && name.equals("load") ? ofServices(parameters) : null;
            case "java/util/ResourceBundle" ->
                isStatic && name.equals("getBundle") ? new Report("bundle", 0, -1) : null;
            default -> null;
        };
    }

    private static @Nullable Report ofClass(String name, boolean named) {
        if (name.equals("forName")) {
            return new Report("class", named ? 0 : 1, -1);
        }
        if (name.equals("newInstance")) {
            return new Report("new", 0, -1);
        }
        if (name.equals("getResource") || name.equals("getResourceAsStream")) {
            return new Report("resource", 1, 0);
        }
        if (ALL_MEMBERS.contains(name)) {
            return new Report(name, 0, -1);
        }
        return ONE_MEMBER.contains(name) ? new Report(name, 0, 1) : null;
    }

    private static @Nullable Report ofLoader(String name, boolean isStatic, boolean named) {
        return switch (name) {
            case "getResource", "getResources", "getResourceAsStream", "resources" ->
                named ? new Report("resource", 1, -1) : null;
            case "getSystemResource", "getSystemResources", "getSystemResourceAsStream" ->
                isStatic ? new Report("resource", 0, -1) : null;
            default -> null;
        };
    }

    private static @Nullable Report ofLookup(String name, List<ClassDesc> parameters) {
        if (name.equals("findClass")) {
            return new Report("findClass", 0, 1);
        }
        if (name.equals("defineClass") || name.equals("defineHiddenClass")) {
            return new Report("define", 0, -1);
        }
        if (FIND.contains(name)) {
            return new Report(name, 1, name.equals("findConstructor") ? -1 : 2);
        }
        return name.startsWith("unreflect") && parameters.size() == 1 ? new Report("invoke", 1, -1) : null;
    }

    private static Report ofServices(List<ClassDesc> parameters) {
        return new Report("services", parameters.getFirst().equals(ConstantDescs.CD_Class) ? 0 : 1, -1);
    }
}
