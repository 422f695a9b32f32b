package dev.ocij.transport.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import okhttp3.Response;

/// Why an interface of the web refuses a request, as object stores say it in XML and token servers
/// in JSON.
///
/// @param phrase what HTTP says
record WebRefusal(int status, String phrase, String code, String message) {
  /// The most bytes of an error text that are read.
  private static final int LONGEST = 1 << 16;

  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

  static WebRefusal read(Response response) {
    try {
      var text =
          new String(response.body().byteStream().readNBytes(LONGEST), StandardCharsets.UTF_8);
      return text.stripLeading().startsWith("{")
          ? ofJson(response, Json.readTree(text.getBytes(StandardCharsets.UTF_8), "error"))
          : of(response, found(CODE, text), found(MESSAGE, text));
    } catch (IOException | OciException _) {
      return of(response, "", "");
    }
  }

  private static WebRefusal ofJson(Response response, JsonNode answer) {
    var error = answer.path("error");
    return error.isTextual()
        ? of(response, error.asText(), answer.path("error_description").asText(""))
        : of(response, error.path("status").asText(""), error.path("message").asText(""));
  }

  private static WebRefusal of(Response response, String code, String message) {
    var line = message.lines().findFirst().orElse("");
    return new WebRefusal(response.code(), response.message(), code, line);
  }

  private static String found(Pattern element, String text) {
    var matcher = element.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  RegistryException during(String attempt) {
    return new RegistryException(
        ErrorAnswer.category(status),
        "%s: %s (%d)".formatted(attempt, found(), status),
        status,
        code,
        null);
  }

  private String found() {
    if (code.isEmpty() && message.isEmpty()) {
      return phrase.isEmpty() ? "refused" : Quoted.escape(phrase);
    }
    if (code.isEmpty() || message.isEmpty()) {
      return Quoted.of(code + message);
    }
    return "%s: %s".formatted(Quoted.escape(code), Quoted.of(message));
  }
}
