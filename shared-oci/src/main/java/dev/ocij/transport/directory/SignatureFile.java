package dev.ocij.transport.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Signature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// A signature as a file: the OpenPGP message itself, or for any other kind a zero byte, its name,
/// a line feed and its content.
final class SignatureFile {
  private static final String SIGSTORE = "sigstore-json";

  /// The content behind `sigstore-json`; Jackson reads and writes the payload in base64.
  private record SigstoreJson(
      @JsonProperty("mimeType") String mimeType,
      @JsonProperty("payload") byte[] payload,
      @JsonProperty("annotations") Map<String, String> annotations) {}

  private SignatureFile() {}

  static byte[] write(Signature signature) {
    return switch (signature) {
      case Signature.Simple(var message) -> message;
      case Signature.Sigstore(var mediaType, var payload, var annotations) ->
          named(SIGSTORE, Json.write(new SigstoreJson(mediaType, payload, annotations)));
    };
  }

  static Signature read(byte[] file, String name) {
    if (file.length == 0 || file[0] != 0) {
      return new Signature.Simple(file);
    }
    int end = 1;
    while (end < file.length && file[end] != '\n') {
      end++;
    }
    var kind = new String(file, 1, end - 1, StandardCharsets.US_ASCII);
    if (!kind.equals(SIGSTORE) || end == file.length) {
      throw new OciException(
          OciException.Category.INVALID,
          "read signature %s: not a signature of a known kind".formatted(name));
    }
    var content =
        Json.read(Arrays.copyOfRange(file, end + 1, file.length), SigstoreJson.class, name);
    return new Signature.Sigstore(content.mimeType(), content.payload(), content.annotations());
  }

  private static byte[] named(String kind, byte[] content) {
    var file = new ByteArrayOutputStream();
    file.write(0);
    file.writeBytes((kind + "\n").getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(content);
    return file.toByteArray();
  }
}
