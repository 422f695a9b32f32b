package dev.ocij.transport;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// A signature in a file of its own: OpenPGP packets as they are, other formats behind a zero byte
/// and their name.
public final class SignatureFile {
  private static final byte[] SIGSTORE = "\0sigstore-json\n".getBytes(StandardCharsets.US_ASCII);

  private SignatureFile() {}

  /// The JSON after the format's name.
  private record Stored(String mimeType, byte[] payload, Map<String, String> annotations) {}

  public static Signature parse(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != 0) {
      return new Signature.Simple(bytes);
    }
    if (bytes.length < SIGSTORE.length
        || !Arrays.equals(bytes, 0, SIGSTORE.length, SIGSTORE, 0, SIGSTORE.length)) {
      throw new OciException(
          OciException.Category.UNSUPPORTED, "read signature: its format is not known");
    }
    var json = Arrays.copyOfRange(bytes, SIGSTORE.length, bytes.length);
    var stored = Json.read(json, Stored.class, "signature");
    if (Signature.Notation.MEDIA_TYPES.contains(stored.mimeType)) {
      return new Signature.Notation(stored.mimeType, stored.payload, stored.annotations);
    }
    return stored.mimeType.equals(Signature.Bundle.MEDIA_TYPE)
        ? new Signature.Bundle(stored.payload, stored.annotations)
        : new Signature.Sigstore(stored.mimeType, stored.payload, stored.annotations);
  }

  public static byte[] bytes(Signature signature) {
    return switch (signature) {
      case Signature.Simple(var message) -> message;
      case Signature.Sigstore(var type, var payload, var annotations) ->
          stored(type, payload, annotations);
      case Signature.Bundle(var json, var annotations) ->
          stored(Signature.Bundle.MEDIA_TYPE, json, annotations);
      case Signature.Notation(var type, var envelope, var annotations) ->
          stored(type, envelope, annotations);
    };
  }

  private static byte[] stored(String type, byte[] payload, Map<String, String> annotations) {
    return join(SIGSTORE, Json.write(new Stored(type, payload, new TreeMap<>(annotations))));
  }

  private static byte[] join(byte[] head, byte[] tail) {
    var all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
