import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Copies jars in the form that starts fastest: class files that an AOT cache accepts, no
/// signatures and no sealed packages.
///
/// A cache leaves out classes of signed jars, and checking the signatures again at each start
/// protects nobody here: the jars lie in the folder that their user built.
final class Jars {

  private Jars() {}

  /// @param types finds the types that classes of the jar mention
  static void copy(Path jar, Path to, ClassLoader types) throws IOException {
    try (var in = new JarFile(jar.toFile(), false);
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (var entry : in.stream().filter(e -> !isSignature(e.getName())).toList()) {
        copy(entry, content(in, entry, types), out);
      }
    }
  }

  private static boolean isSignature(String name) {
    return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static byte[] content(JarFile jar, JarEntry entry, ClassLoader types) throws IOException {
    try (var stream = jar.getInputStream(entry)) {
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        return unsealed(stream);
      }
      var bytes = stream.readAllBytes();
      return entry.getName().endsWith(".class") ? quickenedIfPossible(bytes, types) : bytes;
    }
  }

  /// The manifest without seals, at which a virtual machine with a cache stops, and without the
  /// digests of a signature.
  private static byte[] unsealed(InputStream stream) throws IOException {
    var manifest = new Manifest(stream);
    manifest.getMainAttributes().remove(Attributes.Name.SEALED);
    manifest.getEntries().clear();
    var bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static byte[] quickenedIfPossible(byte[] classFile, ClassLoader types)
      throws IOException {
    try {
      return ClassFiles.quickened(classFile, types);
    } catch (IllegalArgumentException _) {
      return classFile; // mentions a library that is not there, so it is never loaded either
    }
  }

  private static void copy(JarEntry from, byte[] content, ZipOutputStream out) throws IOException {
    var entry = new ZipEntry(from.getName());
    entry.setTimeLocal(from.getTimeLocal());
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
