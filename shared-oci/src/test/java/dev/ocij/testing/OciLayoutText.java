package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// An OCI layout written as text, on purpose without the code under test.
final class OciLayoutText {

  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "amd64", "aarch64", "arm64");
  private static final String TYPE = "application/vnd.oci.image.";

  private OciLayoutText() {}

  static void write(Path folder, String name, byte[] layer) {
    try {
      Files.createDirectories(folder.resolve("blobs/sha256"));
      Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
      var layerDescriptor = blob(folder, "layer.v1.tar", layer);
      var configDescriptor =
          blob(folder, "config.v1+json", bytes(config("sha256:" + sha256(layer))));
      var manifest =
          """
          {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":{%s},"layers":[{%s}]}\
          """
              .formatted(TYPE, configDescriptor, layerDescriptor);
      var index =
          """
          {"schemaVersion":2,"manifests":[{%s,"annotations":{"org.opencontainers.image.ref.name":"%s"}}]}\
          """
              .formatted(blob(folder, "manifest.v1+json", bytes(manifest)), name);
      Files.writeString(folder.resolve("index.json"), index);
    } catch (IOException e) {
      throw new UncheckedIOException("write an OCI layout to " + folder, e);
    }
  }

  private static String config(String diffId) {
    var architecture = System.getProperty("os.arch");
    return """
    {"created":"1970-01-01T00:00:00Z","architecture":"%s","os":"linux",\
    "config":{"Env":["PATH=/bin"],"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":["%s"]},\
    "history":[{"created":"1970-01-01T00:00:00Z","created_by":"busybox"}]}\
    """
        .formatted(ARCHITECTURES.getOrDefault(architecture, architecture), diffId);
  }

  /// Stores the blob and answers its descriptor's fields.
  private static String blob(Path folder, String type, byte[] content) throws IOException {
    var hex = sha256(content);
    Files.write(folder.resolve("blobs/sha256").resolve(hex), content);
    return "\"mediaType\":\"%s%s\",\"digest\":\"sha256:%s\",\"size\":%d"
        .formatted(TYPE, type, hex, content.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
