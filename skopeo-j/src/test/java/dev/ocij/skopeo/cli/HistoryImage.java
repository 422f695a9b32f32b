package dev.ocij.skopeo.cli;

import dev.ocij.spec.Digest;
import dev.ocij.testing.TarText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;

/// A `dir:` with a Docker image that has a history worth the name, written without the code under
/// test: two layers, two steps without one, and all that only Docker writes.
final class HistoryImage {
  private HistoryImage() {}

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("version"), "Directory Transport Version: 1.1\n");
    var diffIds = new ArrayList<String>();
    var layers = new ArrayList<String>();
    for (var name : new String[] {"a", "b"}) {
      var tar = new TarText().file(name, 0644, name.getBytes(StandardCharsets.UTF_8)).bytes();
      diffIds.add('"' + Digest.of(tar).toString() + '"');
      layers.add(blob(folder, "image.rootfs.diff.tar.gzip", gzip(tar)));
    }
    var config = CONFIG.replace("DIFF_IDS", String.join(",", diffIds));
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",\
        "config":%s,"layers":[%s]}\
        """
            .formatted(
                blob(folder, "container.image.v1+json", config.getBytes(StandardCharsets.UTF_8)),
                String.join(",", layers)));
  }

  private static final String CONFIG =
      """
      {"created":"2020-01-02T03:04:05.123Z","author":"me","architecture":"arm64","variant":"v8",\
      "os":"linux","container":"c","docker_version":"20.10","config":{"User":"u",\
      "Env":["A=b","PATH=/bin"],"Cmd":["sh"],"Labels":{"k":"<v>&"},"WorkingDir":"/w",\
      "ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"StopSignal":"9","OnBuild":["RUN x"],\
      "Healthcheck":{"Test":["CMD","x"]},"Shell":["/bin/sh"]},\
      "container_config":{"Hostname":"h","Cmd":["/bin/sh","-c","#(nop) x"]},\
      "rootfs":{"type":"layers","diff_ids":[DIFF_IDS]},"history":[\
      {"created":"2020-01-01T00:00:00Z","created_by":"first","author":"me"},\
      {"created":"2020-01-01T00:00:01Z","created_by":"ENV A=b","empty_layer":true,"comment":"c"},\
      {"created":"2020-01-01T00:00:02Z","created_by":"second"},\
      {"created":"2020-01-02T03:04:05.123Z","created_by":"CMD sh","empty_layer":true}]}\
      """;

  /// Stores a blob and answers its descriptor.
  private static String blob(Path folder, String type, byte[] content) throws IOException {
    var digest = Digest.of(content);
    Files.write(folder.resolve(digest.hex()), content);
    return "{\"mediaType\":\"application/vnd.docker.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest, content.length);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
