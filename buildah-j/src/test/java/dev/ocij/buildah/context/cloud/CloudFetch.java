package dev.ocij.buildah.context.cloud;

import dev.ocij.http.Retries;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// What somebody with these variables gets from a stand-in, at a time that stands still.
record CloudFetch(CloudStandIn cloud, Path folder, Map<String, String> variables) {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  /// @return the content
  String of(String name) throws IOException {
    var file = folder.resolve("fetched");
    Files.deleteIfExists(file);
    var object = CloudObject.parse(name).orElseThrow();
    new CloudObjects(web(), InstantSource.fixed(NOW)).fetch(object, file);
    return Files.readString(file);
  }

  WebFiles web() {
    var retries = Retries.system().withSleeper(_ -> {});
    return new WebFiles(RegistryOptions.of(cloud.environment(variables)).withRetries(retries));
  }
}
