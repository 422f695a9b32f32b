import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Security providers of the JDK that nothing here asks. Whoever looks at all providers, as OkHttp
/// does, would have each library opened to find them.
final class Providers {
  /// Beside the jars; what stands in it is put over the JDK's own `java.security`.
  static final String FILE = "providers";

  private static final Pattern LINE = Pattern.compile("(?m)^(security\\.provider\\.[0-9]+)=(.*)$");
  private static final Set<String> UNUSED =
      Set.of("SunJGSS", "SunSASL", "XMLDSig", "SunPCSC", "JdkLDAP", "JdkSASL", "SunPKCS11");

  private Providers() {}

  /// Puts the first provider, which counts once, in the place of each of them, and leaves alone
  /// what an administrator has added.
  static String shortened() throws IOException {
    var configured = Path.of(System.getProperty("java.home"), "conf/security/java.security");
    var lines = LINE.matcher(Files.readString(configured)).results().toList();
    return lines.stream()
        .filter(line -> UNUSED.contains(line.group(2).strip()))
        .map(line -> "%s=%s\n".formatted(line.group(1), lines.getFirst().group(2).strip()))
        .collect(Collectors.joining());
  }
}
