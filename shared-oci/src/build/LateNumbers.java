import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;

/// Has Jackson's parsers make the four decimal numbers that they compare large numbers with when
/// they compare, not before they parse anything.
///
/// With the first decimal number the JDK computes a table of powers, which takes ten milliseconds,
/// and the documents that commands read have none.
final class LateNumbers {
  private static final String NUMBER = "BD_M"; // BD_MIN_INT, BD_MAX_INT and the same of longs
  private static final ClassDesc DECIMAL = ClassDesc.of("java.math.BigDecimal");
  private static final ClassDesc INTEGER = ClassDesc.of("java.math.BigInteger");
  private static final MethodTypeDesc OF_INTEGER =
      MethodTypeDesc.of(ConstantDescs.CD_void, INTEGER);

  private LateNumbers() {}

  /// Whether the bytes of a class mention the numbers; asked before it is parsed.
  static boolean mayBeIn(byte[] classFile) {
    var text = new String(classFile, StandardCharsets.ISO_8859_1);
    return text.contains(NUMBER) && text.contains("com/fasterxml/jackson/core/");
  }

  static ClassTransform transform() {
    return ClassTransform.transformingMethodBodies(
            LateNumbers::isInitialiser, CodeTransform.ofStateful(Left::new))
        .andThen(ClassTransform.transformingMethodBodies(LateNumbers::make));
  }

  private static boolean isInitialiser(MethodModel method) {
    return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
  }

  /// Leaves out what makes a number, from its `new` to the field that gets it.
  private static final class Left implements CodeTransform {
    private boolean making;

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      making |=
          element instanceof NewObjectInstruction it && it.className().asSymbol().equals(DECIMAL);
      if (!making) {
        code.with(element);
      }
      making &= !isNumber(element, Opcode.PUTSTATIC);
    }
  }

  /// Makes a number where one is taken from its field.
  private static void make(CodeBuilder code, CodeElement element) {
    if (element instanceof FieldInstruction field && isNumber(element, Opcode.GETSTATIC)) {
      var integer = field.name().stringValue().replaceFirst("D", "I"); // BI_MIN_INT
      code.new_(DECIMAL)
          .dup()
          .getstatic(field.owner().asSymbol(), integer, INTEGER)
          .invokespecial(DECIMAL, ConstantDescs.INIT_NAME, OF_INTEGER);
    } else {
      code.with(element);
    }
  }

  private static boolean isNumber(CodeElement element, Opcode access) {
    return element instanceof FieldInstruction field
        && field.opcode() == access
        && field.typeSymbol().equals(DECIMAL)
        && field.name().stringValue().startsWith(NUMBER);
  }
}
