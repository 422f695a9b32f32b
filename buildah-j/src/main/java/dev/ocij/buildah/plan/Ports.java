package dev.ocij.buildah.plan;

import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What EXPOSE names: `80`, `80/udp`, `8000-8010`; a port of the host before a colon has no
/// meaning.
final class Ports {
  private static final Pattern FORM =
      Pattern.compile("(?:[^/]*:)?([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/([a-zA-Z]+))?");
  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");
  private static final int LARGEST = 65_535;

  private Ports() {}

  /// The keys for the configuration, as `80/tcp`.
  static List<String> parse(String text, SourceText at) {
    var port = FORM.matcher(text);
    if (!port.matches()) {
      throw invalid(text, at);
    }
    int first = Integer.parseInt(port.group(1));
    int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
    var protocol = protocol(port.group(3));
    if (first > last || last > LARGEST || !PROTOCOLS.contains(protocol)) {
      throw invalid(text, at);
    }
    return IntStream.rangeClosed(first, last).mapToObj(p -> p + "/" + protocol).toList();
  }

  private static String protocol(@Nullable String text) {
    return text == null ? "tcp" : text.toLowerCase(Locale.ROOT);
  }

  private static ContainerfileException invalid(String text, SourceText at) {
    return at.error(
        "invalid port " + Quoted.of(text), "expected 0 to 65535, as in 80, 53/udp or 8000-8010");
  }
}
