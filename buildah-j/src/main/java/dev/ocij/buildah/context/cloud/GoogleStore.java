package dev.ocij.buildah.context.cloud;

import dev.ocij.config.Environment;
import dev.ocij.transport.registry.WebFiles;
import dev.ocij.transport.registry.WebRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Google Cloud Storage, or what stands for it at `STORAGE_EMULATOR_HOST`, which knows nobody.
record GoogleStore(WebFiles web, InstantSource clock) {
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  @Nullable Instant fetch(CloudObject.Google object, Path file) throws IOException {
    var environment = web.environment();
    var token =
        environment.variable(EMULATOR).isPresent()
            ? Optional.<String>empty()
            : new GoogleAccount(web, clock).token();
    return web.fetch(() -> request(object, environment, token), file);
  }

  private static WebRequest request(
      CloudObject.Google object, Environment environment, Optional<String> token) {
    var url =
        "%s/storage/v1/b/%s/o/%s?alt=media"
            .formatted(
                base(environment), Percent.part(object.bucket()), Percent.part(object.object()));
    var request = WebRequest.get("fetch " + object, url);
    return token.map(value -> request.with("Authorization", "Bearer " + value)).orElse(request);
  }

  private static String base(Environment environment) {
    return environment
        .variable(EMULATOR)
        .map(host -> host.contains("://") ? host : "http://" + host)
        .map(host -> host.replaceFirst("/+$", ""))
        .orElse("https://storage.googleapis.com");
  }
}
