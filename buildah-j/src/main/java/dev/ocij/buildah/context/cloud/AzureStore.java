package dev.ocij.buildah.context.cloud;

import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.RegistryException;
import dev.ocij.transport.registry.WebFiles;
import dev.ocij.transport.registry.WebRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Azure Blob Storage: by a signature in the address, else by the key of the account, else as
/// anybody.
record AzureStore(WebFiles web, InstantSource clock) {
  private static final String KEY = "AZURE_STORAGE_ACCESS_KEY";
  private static final String VERSION = "2021-08-06";

  /// RFC 1123, with two digits for each day.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// The lines of headers that are not sent: from `Content-Encoding` to `Range`.
  private static final String NO_HEADERS = "\n".repeat(11);

  @Nullable Instant fetch(CloudObject.Azure object, Path file) throws IOException {
    var key = web.environment().variable(KEY);
    boolean keyed = object.query().isEmpty() && key.isPresent();
    try {
      return web.fetch(() -> keyed ? signed(object, key.get()) : plain(object), file);
    } catch (RegistryException e) {
      if (keyed || !object.query().isEmpty()) {
        throw e;
      }
      throw new OciException(
          e.category(),
          "%s; set %s, or give the address a signature".formatted(e.sentence(), KEY),
          e);
    }
  }

  private static WebRequest plain(CloudObject.Azure object) {
    var query = object.query().isEmpty() ? "" : "?" + object.query();
    return WebRequest.get("fetch " + object, object + query).with("x-ms-version", VERSION);
  }

  /// Shared Key: the account signs what is asked for.
  private WebRequest signed(CloudObject.Azure object, String key) {
    var date = DATE.format(clock.instant());
    var text =
        "GET\n%sx-ms-date:%s\nx-ms-version:%s\n/%s%s"
            .formatted(NO_HEADERS, date, VERSION, object.account(), object.path());
    var signature = Base64.getEncoder().encodeToString(Hmac.of(decoded(key), text));
    return plain(object)
        .with("x-ms-date", date)
        .with("Authorization", "SharedKey %s:%s".formatted(object.account(), signature));
  }

  private static byte[] decoded(String key) {
    try {
      var bytes = Base64.getDecoder().decode(key.strip().getBytes(StandardCharsets.US_ASCII));
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // told below, without the key
    }
    throw new OciException(
        OciException.Category.USAGE, KEY + ": expected a key of an account, which is base64");
  }
}
