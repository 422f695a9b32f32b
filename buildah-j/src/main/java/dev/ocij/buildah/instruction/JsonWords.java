package dev.ocij.buildah.instruction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ocij.buildah.text.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Arguments in their JSON form: an array that holds strings and nothing else.
final class JsonWords {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonWords() {}

  /// The strings, each where it stands; empty where the text is no such array.
  static Optional<List<SourceText>> parse(SourceText text) {
    if (!text.toString().startsWith("[")) {
      return Optional.empty();
    }
    try (var json = JSON.createParser(text.toString())) {
      return Optional.ofNullable(words(text, json));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static @Nullable List<SourceText> words(SourceText text, JsonParser json)
      throws IOException {
    var words = new ArrayList<SourceText>();
    json.nextToken();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      int at = (int) json.currentTokenLocation().getCharOffset();
      words.add(text.substring(at).meaning(json.getText()));
    }
    boolean complete = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
    return complete ? words : null;
  }
}
