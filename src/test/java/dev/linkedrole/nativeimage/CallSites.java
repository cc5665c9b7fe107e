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
import java.util.stream.Stream;

/** The instructions by which recorded calls were made. */
final class CallSites {

    private static final Set<String> LOADING = Set.of("loadClass", "forName", "findClass");

    private final ClassPath service;
    private final Map<String, List<Instruction>> methods = new HashMap<>();

    CallSites(ClassPath service) {
        this.service = service;
    }

    /** True if the JVM asked the class loader for a class that the caller's code refers to. */
    boolean isLink(ReflectiveUse use) {
        List<Instruction> code = code(use);
        int at = at(code, use.index());
        return use.kind().equals("class")
                && at >= 0
                && !(code.get(at) instanceof InvokeInstruction call
                        && LOADING.contains(call.name().stringValue()));
    }

    /** True if the call has nothing but constants for arguments: native-image makes it at build time. */
    boolean isConstant(ReflectiveUse use) {
        if (use.kind().equals("class")) {
            return operands(use).anyMatch(operand -> is(operand, use.subject()));
        }
        boolean named = use.kind().endsWith("s") || use.kind().endsWith("Constructor");
        if (!use.kind().startsWith("get") && !use.kind().startsWith("find")) {
            return false;
        }
        List<Instruction> operands = operands(use).toList();
        return operands.stream().noneMatch(LoadInstruction.class::isInstance)
                && operands.stream().anyMatch(operand -> is(operand, use.subject()))
                && (named || operands.stream().anyMatch(operand -> is(operand, use.detail())));
    }

    private static boolean is(Instruction operand, String constant) {
        return operand instanceof ConstantInstruction.LoadConstantInstruction load
                && switch (load.constantEntry()) {
                    case ClassEntry type -> type.asInternalName().replace('/', '.').equals(constant);
                    case StringEntry text -> text.stringValue().equals(constant);
                    default -> false;
                };
    }

    /** The instructions ahead of the call that do nothing but put its arguments onto the stack; perhaps others ahead of them. */
    private Stream<Instruction> operands(ReflectiveUse use) {
        List<Instruction> code = code(use);
        return code.subList(0, Math.max(0, at(code, use.index()))).reversed().stream()
                .takeWhile(CallSites::isOperand);
    }

    private static boolean isOperand(Instruction instruction) {
        return instruction instanceof ConstantInstruction
                || instruction instanceof NewReferenceArrayInstruction
                || instruction instanceof ArrayStoreInstruction
                || instruction instanceof StackInstruction
                || instruction instanceof LoadInstruction
                || instruction instanceof InvokeInstruction call && isLoader(call)
                || instruction instanceof FieldInstruction field
                        && field.opcode() == Opcode.GETSTATIC
                        && field.name().equalsString("TYPE");
    }

    /** True if the call returns the class loader to search, of which the executable has one. */
    private static boolean isLoader(InvokeInstruction call) {
        return call.name().equalsString("currentThread")
                || call.name().equalsString("getContextClassLoader")
                || call.name().equalsString("getClassLoader");
    }

    private static int at(List<Instruction> code, int index) {
        int offset = 0;
        for (int at = 0; at < code.size(); at++) {
            if (offset == index) {
                return at;
            }
            offset += code.get(at).sizeInBytes();
        }
        return -1;
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
            if (method.methodName().equalsString(use.method()) && method.methodType().equalsString(use.descriptor())) {
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
