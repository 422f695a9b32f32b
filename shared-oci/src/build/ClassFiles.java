import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;

/// Gives class files the form that starts fastest: see [TypeSwitches], [RecordMethods] and
/// [LateNumbers], and a version that an AOT cache accepts.
///
/// The cache leaves out every class older than Java 6, which is all of picocli: without this,
/// starting takes twice as long.
final class ClassFiles {

  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private ClassFiles() {}

  /// The class as it is loaded fastest; `types` finds the types that it mentions.
  ///
  /// @throws IllegalArgumentException where a type cannot be found, as in code for an optional
  ///   library
  static byte[] quickened(byte[] classFile, ClassLoader types) throws IOException {
    if (isTooOld(classFile)) {
      return modernised(classFile, types);
    }
    return hasAny(classFile) ? rewritten(classFile, types) : classFile;
  }

  private static boolean hasAny(byte[] classFile) {
    return TypeSwitches.mayBeIn(classFile)
        || RecordMethods.mayBeIn(classFile)
        || LateNumbers.mayBeIn(classFile);
  }

  private static boolean isTooOld(byte[] classFile) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.readInt();
    in.readUnsignedShort();
    return in.readUnsignedShort() < JAVA_6;
  }

  private static byte[] rewritten(byte[] classFile, ClassLoader types) {
    var format = format(StackMapsOption.STACK_MAPS_WHEN_REQUIRED, types);
    var model = format.parse(classFile);
    var transform = TypeSwitches.of(model).andThen(RecordMethods.of(model));
    return format.transformClass(
        model,
        LateNumbers.mayBeIn(classFile) ? transform.andThen(LateNumbers.transform()) : transform);
  }

  private static ClassFile format(StackMapsOption stackMaps, ClassLoader types) {
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(types)
            .orElse(ClassHierarchyResolver.defaultResolver());
    return ClassFile.of(
        stackMaps,
        ConstantPoolSharingOption.NEW_POOL,
        ClassFile.ClassHierarchyResolverOption.of(resolver));
  }

  /// The same class in version 52 with stack maps.
  private static byte[] modernised(byte[] classFile, ClassLoader types) {
    var format = format(StackMapsOption.GENERATE_STACK_MAPS, types);
    // Stack maps are made only for code that is written anew, so each method's code is passed
    // through.
    var rewritten = MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL);
    return format.transformClass(
        format.parse(classFile),
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(JAVA_8, 0);
            case MethodModel method -> builder.transformMethod(method, rewritten);
            default -> builder.with(element);
          }
        });
  }
}
