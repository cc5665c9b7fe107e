package dev.linkedrole.nativeimage;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The instructions by which recorded calls were made. */
final class CallSites {

    private final ClassPath service;
    private final Map<String, List<Instruction>> methods = new HashMap<>();

    CallSites(ClassPath service) {
        this.service = service;
    }

    /** True if the call has nothing but constants for arguments: native-image makes it at build time. */
    boolean isConstant(ReflectiveUse use) {
        List<Instruction> code = code(use);
        return IntStream.range(0, code.size())
                .filter(at -> code.get(at) instanceof InvokeInstruction call
                        && names(use).contains(call.name().stringValue()))
                .anyMatch(at -> isConstant(use, operands(code, at)));
    }

    private static Set<String> names(ReflectiveUse use) {
        return switch (use.kind()) {
            case "class" -> Set.of("forName", "loadClass");
            case "resource" -> Set.of("getResource", "getResourceAsStream");
            case "services", "proxy", "bundle", "invoke", "access", "new", "define" -> Set.of();
            default -> Set.of(use.kind());
        };
    }

    private static boolean isConstant(ReflectiveUse use, List<Instruction> operands) {
        if (use.kind().equals("class")) {
            return operands.stream().anyMatch(operand -> is(operand, use.subject()));
        }
        boolean named = use.kind().endsWith("s") || use.kind().endsWith("Constructor");
        String type = use.kind().equals("resource") ? use.detail() : use.subject();
        String member = use.kind().equals("resource") ? use.subject() : use.detail();
        return operands.stream().noneMatch(LoadInstruction.class::isInstance)
                && operands.stream().anyMatch(operand -> is(operand, type))
                && (named || operands.stream().anyMatch(operand -> is(operand, member)));
    }

    private static boolean is(Instruction operand, String constant) {
        return operand instanceof ConstantInstruction.LoadConstantInstruction load
                && switch (load.constantEntry()) {
                    case ClassEntry type ->
                        type.asInternalName().replace('/', '.').equals(constant);
                    case StringEntry text -> text.stringValue().equals(constant);
                    default -> false;
                };
    }

    /** The instructions ahead of a call that do nothing but put values onto the stack: its arguments, and perhaps more. */
    private static List<Instruction> operands(List<Instruction> code, int call) {
        return code.subList(0, call).reversed().stream()
                .takeWhile(CallSites::isOperand)
                .toList();
    }

    private static boolean isOperand(Instruction instruction) {
        return switch (instruction) {
            case ConstantInstruction constant -> true;
            case NewReferenceArrayInstruction array -> true;
            case ArrayStoreInstruction store -> true;
            case StackInstruction stack -> true;
            case LoadInstruction load -> true;
            case InvokeInstruction call -> isLoader(call);
            case FieldInstruction field ->
                field.opcode() == Opcode.GETSTATIC && field.name().equalsString("TYPE");
            default -> false;
        };
    }

    /** True if the call returns the class loader to search, of which the executable has one. */
    private static boolean isLoader(InvokeInstruction call) {
        return call.name().equalsString("currentThread")
                || call.name().equalsString("getContextClassLoader")
                || call.name().equalsString("getClassLoader");
    }

    private List<Instruction> code(ReflectiveUse use) {
        return methods.computeIfAbsent(use.caller() + "#" + use.method() + use.descriptor(), key -> read(use));
    }

    private List<Instruction> read(ReflectiveUse use) {
        Optional<byte[]> bytes = service.classFile(use.caller());
        if (bytes.isEmpty()) {
            return List.of();
        }
        List<Instruction> code = new ArrayList<>();
        for (MethodModel method : ClassFile.of().parse(bytes.get()).methods()) {
            if (method.methodName().equalsString(use.method())
                    && method.methodType().equalsString(use.descriptor())) {
                method.code().ifPresent(body -> {
                    for (CodeElement element : body) {
                        if (element instanceof Instruction instruction) {
                            code.add(instruction);
                        }
                    }
                });
            }
        }
        return code;
    }
}
