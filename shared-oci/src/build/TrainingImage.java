import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// An image of small programs in an OCI layout, for the runs that train a cache. `digest` is its
/// manifest's.
record TrainingImage(Path layout, String digest) {

  private static final String TYPE = "application/vnd.oci.image.";

  /// Writes the image to the folder `layout`, under the name `image`.
  static TrainingImage write(Path layout) throws IOException {
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    var tar = TrainingProgram.tar();
    var layer = blob(layout, "layer.v1.tar+gzip", gzip(tar));
    var config =
        blob(
            layout,
            "config.v1+json",
            config("sha256:" + sha256(tar)).getBytes(StandardCharsets.UTF_8));
    var manifest =
        """
        {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":{%s},"layers":[{%s}]}\
        """
            .formatted(TYPE, config, layer)
            .getBytes(StandardCharsets.UTF_8);
    var index =
        """
        {"schemaVersion":2,"manifests":[{%s,"annotations":{"org.opencontainers.image.ref.name":"image"}}]}\
        """
            .formatted(blob(layout, "manifest.v1+json", manifest));
    Files.writeString(layout.resolve("index.json"), index);
    return new TrainingImage(layout, "sha256:" + sha256(manifest));
  }

  private static String config(String diffId) {
    var architecture = System.getProperty("os.arch").replace("aarch64", "arm64");
    return """
    {"created":"2026-01-01T00:00:00Z","architecture":"%s","os":"linux",\
    "config":{"Env":["PATH=/bin"],"Cmd":["sh"],"Labels":{"a":"b"}},\
    "rootfs":{"type":"layers","diff_ids":["%s"]},\
    "history":[{"created":"2026-01-01T00:00:00Z","created_by":"training"}]}\
    """
        .formatted(architecture, diffId);
  }

  private static String blob(Path layout, String type, byte[] content) throws IOException {
    var hex = sha256(content);
    Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
    return "\"mediaType\":\"%s%s\",\"digest\":\"sha256:%s\",\"size\":%d"
        .formatted(TYPE, type, hex, content.length);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
