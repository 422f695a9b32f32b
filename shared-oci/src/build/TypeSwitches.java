import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes the tests of a `switch` over types, and over texts with a pattern, into its class.
///
/// The compiler leaves them to `SwitchBootstraps`, which makes a class for each `switch` when it is
/// first reached. An AOT cache does not keep these: each costs a start up to a millisecond, the
/// first one five.
final class TypeSwitches implements ClassTransform {
  private static final String BOOTSTRAPS = "java/lang/runtime/SwitchBootstraps";

  private final ClassDesc owner;
  private final boolean inInterface;
  private final List<Tests> written = new ArrayList<>();

  /// The method that stands for a call: it is given the value and the first label that counts, and
  /// answers the label that the value is of.
  private record Tests(String name, MethodTypeDesc type, List<ConstantDesc> labels) {
    private static final int VALUE = 0;
    private static final int FIRST = 1;
    private static final MethodTypeDesc EQUALS =
        MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);

    void write(CodeBuilder code) {
      code.aload(VALUE).ifThen(Opcode.IFNULL, isNull -> answer(isNull, -1));
      for (int i = 0; i < labels.size(); i++) {
        int label = i;
        var next = code.newLabel();
        code.iload(FIRST).loadConstant(label).if_icmpgt(next);
        test(code, labels.get(label)).ifeq(next);
        answer(code, label);
        code.labelBinding(next);
      }
      answer(code, labels.size());
    }

    private static CodeBuilder test(CodeBuilder code, ConstantDesc label) {
      return label instanceof ClassDesc type
          ? code.aload(VALUE).instanceOf(type)
          : code.loadConstant(label)
              .aload(VALUE)
              .invokevirtual(ConstantDescs.CD_String, "equals", EQUALS);
    }

    private static void answer(CodeBuilder code, int label) {
      code.loadConstant(label).ireturn();
    }
  }

  private TypeSwitches(ClassDesc owner, boolean inInterface) {
    this.owner = owner;
    this.inInterface = inInterface;
  }

  static TypeSwitches of(ClassModel model) {
    return new TypeSwitches(model.thisClass().asSymbol(), model.flags().has(AccessFlag.INTERFACE));
  }

  /// Whether the bytes of a class mention what is replaced here; asked before it is parsed.
  static boolean mayBeIn(byte[] classFile) {
    return new String(classFile, StandardCharsets.ISO_8859_1).contains(BOOTSTRAPS);
  }

  private static boolean isTypeSwitch(CodeElement element) {
    return element instanceof InvokeDynamicInstruction call
        && call.bootstrapMethod().owner().displayName().equals("SwitchBootstraps")
        && call.bootstrapMethod().methodName().equals("typeSwitch")
        && call.bootstrapArgs().stream().allMatch(TypeSwitches::isLabel);
  }

  /// Not yet the constants of enums and boxed numbers, which need more than one instruction.
  private static boolean isLabel(ConstantDesc label) {
    return label instanceof ClassDesc || label instanceof String;
  }

  private static boolean isIn(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(TypeSwitches::isTypeSwitch);
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && isIn(method)) {
      builder.transformMethod(method, MethodTransform.transformingCode(this::replace));
    } else {
      builder.with(element);
    }
  }

  private void replace(CodeBuilder code, CodeElement element) {
    if (isTypeSwitch(element)) {
      var tests = tests((InvokeDynamicInstruction) element);
      code.invokestatic(owner, tests.name(), tests.type(), inInterface);
    } else {
      code.with(element);
    }
  }

  private Tests tests(InvokeDynamicInstruction call) {
    var tests = new Tests("typeSwitch$" + written.size(), call.typeSymbol(), call.bootstrapArgs());
    written.add(tests);
    return tests;
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    for (var tests : written) {
      builder.withMethodBody(
          tests.name(),
          tests.type(),
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          tests::write);
    }
  }
}
