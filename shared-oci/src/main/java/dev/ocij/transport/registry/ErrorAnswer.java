package dev.ocij.transport.registry;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.Locale;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The body of a failed request: distribution-spec, "Error Codes".
record ErrorAnswer(String host, int status, String code, String message, @Nullable String later) {
  /// The most bytes of an error text that are read.
  private static final int LONGEST = 1 << 20;

  private static final String LOG_IN = "; log in, or ask for access to the repository";

  static ErrorAnswer read(Response response) {
    var host = response.request().url().host();
    var later = response.header("Retry-After");
    try {
      var body = response.body().byteStream().readNBytes(LONGEST);
      var error = Json.readTree(body, "error").path("errors").path(0);
      var code = error.path("code").asText("");
      return new ErrorAnswer(host, response.code(), code, error.path("message").asText(""), later);
    } catch (IOException | OciException _) {
      return new ErrorAnswer(host, response.code(), "", response.message(), later);
    }
  }

  RegistryException during(String attempt) {
    return new RegistryException(
        category(status),
        "%s: %s (%s)%s".formatted(attempt, found(), status, hint()),
        status,
        code,
        later);
  }

  static Category category(int status) {
    return switch (status) {
      case 401, 403 -> Category.UNAUTHORIZED;
      case 404 -> Category.NOT_FOUND;
      case 405 -> Category.UNSUPPORTED;
      case 408, 429 -> Category.UNAVAILABLE;
      default -> status >= 500 ? Category.UNAVAILABLE : Category.INVALID;
    };
  }

  private String found() {
    var words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
    if (code.isEmpty()) {
      return withoutCode();
    }
    return message.isEmpty() || message.toLowerCase(Locale.ROOT).equals(words)
        ? Quoted.escape(words)
        : "%s: %s".formatted(Quoted.escape(words), Quoted.of(message));
  }

  /// To HEAD there is no body, and in HTTP/2 no phrase beside the status.
  private String withoutCode() {
    return switch (status) {
      case 401 -> "unauthorized: %s asks who you are".formatted(host);
      case 403 -> "denied by %s".formatted(host);
      default ->
          message.isEmpty()
              ? "%s gives no reason".formatted(host)
              : "%s answers %s".formatted(host, Quoted.of(message));
    };
  }

  private String hint() {
    if (status < 300) {
      return "; this is no registry, or something between answers in its place";
    }
    if (code.isEmpty() && (status == 401 || status == 403)) {
      return LOG_IN;
    }
    return switch (code) {
      case "MANIFEST_UNKNOWN" -> "; the repository has no such tag";
      case "MANIFEST_BLOB_UNKNOWN" -> "; the repository must have what a manifest names";
      case "NAME_UNKNOWN" -> "; the registry has no such repository";
      case "UNAUTHORIZED", "DENIED" -> LOG_IN;
      default -> later == null ? "" : "; it asks to wait %s".formatted(Quoted.of(later));
    };
  }
}
