package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.util.List;
import java.util.Optional;

/// What may be called on a value: the methods of a [GoTime], and of a text that is a digest those
/// of the digests of the peers.
final class TemplateMethods {
  private TemplateMethods() {}

  /// What the method answers; empty where the value has none of this name.
  ///
  /// @throws IllegalArgumentException if the method does not take these arguments
  static Optional<JsonNode> call(JsonNode of, String name, List<JsonNode> arguments) {
    if (of instanceof GoTime time && name.equals("Format")) {
      return Optional.of(format(time, arguments));
    }
    var answer = of instanceof GoTime time ? time.method(name) : ofDigest(of, name);
    if (answer.isPresent()) {
      new TemplateArguments(arguments).exactly(0);
    }
    return answer;
  }

  private static JsonNode format(GoTime time, List<JsonNode> arguments) {
    return TextNode.valueOf(time.format(new TemplateArguments(arguments).exactly(1).string(0)));
  }

  private static Optional<JsonNode> ofDigest(JsonNode value, String name) {
    return digest(value)
        .flatMap(digest ->
            Optional.ofNullable(
                switch (name) {
                  case "Algorithm" -> TextNode.valueOf(digest.algorithm().prefix());
                  case "Encoded", "Hex" -> TextNode.valueOf(digest.hex());
                  case "String" -> TextNode.valueOf(digest.toString());
                  case "Validate" -> NullNode.getInstance();
                  default -> null;
                }));
  }

  private static Optional<Digest> digest(JsonNode value) {
    try {
      return value.isTextual() ? Optional.of(Digest.parse(value.textValue())) : Optional.empty();
    } catch (OciException _) {
      return Optional.empty();
    }
  }
}
