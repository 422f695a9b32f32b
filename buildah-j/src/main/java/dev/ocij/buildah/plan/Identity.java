package dev.ocij.buildah.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The canonical text of a step.
final class Identity {
  private Identity() {}

  /// The keyword and a JSON array, so that no two lists of arguments give the same text.
  ///
  /// @param arguments lists, documents, what stands for itself as text, and nulls
  static String of(String keyword, List<?> arguments) {
    return keyword + " " + new String(Json.write(node(arguments)), StandardCharsets.UTF_8);
  }

  private static JsonNode node(@Nullable Object argument) {
    if (argument == null) {
      return NullNode.getInstance();
    }
    if (argument instanceof JsonForm form) {
      return form.json();
    }
    if (argument instanceof Collection<?> elements) {
      return Json.array(elements.stream().map(Identity::node));
    }
    return TextNode.valueOf(argument.toString());
  }
}
