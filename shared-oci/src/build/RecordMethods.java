import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Writes `equals` and `hashCode` of records into their classes.
///
/// The compiler leaves them to `ObjectMethods`, which makes code for each record when it is first
/// asked. An AOT cache does not keep that: the first one costs a start five milliseconds.
final class RecordMethods implements ClassTransform {
  private static final String BOOTSTRAP = "java/lang/runtime/ObjectMethods";
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc TWO_OBJECTS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
  private static final int SELF = 0;
  private static final int OTHER = 1;
  private static final int FACTOR = 31;

  private final ClassDesc owner;
  private final List<RecordComponentInfo> components;

  private RecordMethods(ClassDesc owner, List<RecordComponentInfo> components) {
    this.owner = owner;
    this.components = components;
  }

  static RecordMethods of(ClassModel model) {
    var record = model.findAttribute(Attributes.record());
    return new RecordMethods(
        model.thisClass().asSymbol(), record.map(it -> it.components()).orElse(List.of()));
  }

  /// Whether the bytes of a class mention what is replaced here; asked before it is parsed.
  static boolean mayBeIn(byte[] classFile) {
    return new String(classFile, StandardCharsets.ISO_8859_1).contains(BOOTSTRAP);
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (!(element instanceof MethodModel method) || !isLeftOut(method)) {
      builder.with(element);
      return;
    }
    switch (method.methodName().stringValue()) {
      case "equals" -> write(builder, method, this::writeEquals);
      case "hashCode" -> write(builder, method, this::writeHashCode);
      default -> builder.with(element);
    }
  }

  private static boolean isLeftOut(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(element ->
            element instanceof InvokeDynamicInstruction call
                && call.bootstrapMethod().owner().displayName().equals("ObjectMethods"));
  }

  private static void write(ClassBuilder builder, MethodModel method, Consumer<CodeBuilder> body) {
    builder.withMethodBody(
        method.methodName(), method.methodType(), method.flags().flagsMask(), body);
  }

  private void writeHashCode(CodeBuilder code) {
    code.iconst_0();
    for (var component : components) {
      code.loadConstant(FACTOR).imul();
      load(code, SELF, component);
      hash(code, type(component));
      code.iadd();
    }
    code.ireturn();
  }

  private static void hash(CodeBuilder code, ClassDesc type) {
    var owner = type.isPrimitive() ? boxed(type) : OBJECTS;
    var hashed = type.isPrimitive() ? type : ConstantDescs.CD_Object;
    code.invokestatic(owner, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, hashed));
  }

  private void writeEquals(CodeBuilder code) {
    var differs = code.newLabel();
    code.aload(OTHER).instanceOf(owner).ifeq(differs);
    for (var component : components) {
      load(code, SELF, component);
      load(code.aload(OTHER).checkcast(owner), component);
      leaveWhereDifferent(code, type(component), differs);
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  /// Numbers as their classes compare them: what is no number is the same as another.
  private static void leaveWhereDifferent(CodeBuilder code, ClassDesc type, Label differs) {
    if (type.isPrimitive()) {
      var compared = MethodTypeDesc.of(ConstantDescs.CD_int, type, type);
      code.invokestatic(boxed(type), "compare", compared).ifne(differs);
    } else {
      code.invokestatic(OBJECTS, "equals", TWO_OBJECTS).ifeq(differs);
    }
  }

  private void load(CodeBuilder code, int slot, RecordComponentInfo component) {
    load(code.aload(slot), component);
  }

  private void load(CodeBuilder code, RecordComponentInfo component) {
    code.getfield(owner, component.name().stringValue(), type(component));
  }

  private static ClassDesc type(RecordComponentInfo component) {
    return component.descriptorSymbol();
  }

  private static ClassDesc boxed(ClassDesc type) {
    return switch (type.descriptorString()) {
      case "Z" -> ConstantDescs.CD_Boolean;
      case "B" -> ConstantDescs.CD_Byte;
      case "C" -> ConstantDescs.CD_Character;
      case "S" -> ConstantDescs.CD_Short;
      case "I" -> ConstantDescs.CD_Integer;
      case "J" -> ConstantDescs.CD_Long;
      case "F" -> ConstantDescs.CD_Float;
      default -> ConstantDescs.CD_Double;
    };
  }
}
