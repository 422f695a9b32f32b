import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;

/// Raises old class files to a version that an AOT cache accepts.
///
/// The cache leaves out every class older than Java 6, which is all of picocli: without this,
/// starting takes twice as long.
final class ClassFiles {

  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private ClassFiles() {}

  static boolean isTooOld(byte[] classFile) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.readInt();
    in.readUnsignedShort();
    return in.readUnsignedShort() < JAVA_6;
  }

  /// The same class in version 52 with stack maps; `types` finds the types that it mentions.
  ///
  /// @throws IllegalArgumentException where a type cannot be found, as in code for an optional
  ///   library
  static byte[] modernised(byte[] classFile, ClassLoader types) {
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(types)
            .orElse(ClassHierarchyResolver.defaultResolver());
    var format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(resolver));
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
