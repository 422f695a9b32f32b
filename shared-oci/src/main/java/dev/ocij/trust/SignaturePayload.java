package dev.ocij.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is signed: containers-signature(5), which cosign took over with another type.
///
/// @param dockerReference the name that the signer gave the image; any text
/// @param creator the program that signed
public record SignaturePayload(
    Kind kind,
    String dockerReference,
    Digest manifest,
    @Nullable String creator,
    @Nullable Instant timestamp) {
  private static final String CREATOR = "ocij";

  /// The `type` in a payload: a payload of one format must not pass as one of the other.
  public enum Kind {
    SIMPLE("atomic container signature"),
    SIGSTORE("cosign container image signature");

    private final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  /// What this program says of an image now.
  public static SignaturePayload of(
      Kind kind, String dockerReference, Digest manifest, Instant now) {
    return new SignaturePayload(kind, dockerReference, manifest, CREATOR, now);
  }

  /// Reads a payload whose signature holds already.
  ///
  /// @throws BadSignatureException where a key of `critical` is missing or unknown, a key is
  ///   doubled, or the payload is of another kind
  public static SignaturePayload parse(byte[] json, Kind kind) {
    try {
      return parse(Json.readTree(json, "payload"), kind);
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException e) {
      throw new BadSignatureException("invalid signature payload: " + e.sentence(), e);
    }
  }

  /// The JSON form, keys in alphabetical order as other signers write them.
  public byte[] toJson() {
    var optional = new LinkedHashMap<String, Object>();
    if (creator != null) {
      optional.put("creator", creator);
    }
    if (timestamp != null) {
      optional.put("timestamp", timestamp.getEpochSecond());
    }
    var critical = new LinkedHashMap<String, Object>();
    critical.put("identity", Map.of("docker-reference", dockerReference));
    critical.put("image", Map.of("docker-manifest-digest", manifest.toString()));
    critical.put("type", kind.type);
    var payload = new LinkedHashMap<String, Object>();
    payload.put("critical", critical);
    payload.put("optional", optional);
    return Json.write(payload);
  }

  private static SignaturePayload parse(JsonNode root, Kind kind) {
    var payload = StrictObject.of(root, "payload");
    var critical = payload.object("critical");
    var optional = optional(payload, kind);
    payload.end();

    if (!critical.text("type").equals(kind.type)) {
      throw critical.invalid("the type is not \"%s\"".formatted(kind.type));
    }
    var image = critical.object("image");
    var manifest = Digest.parse(image.text("docker-manifest-digest"));
    image.end();
    var identity = critical.object("identity");
    var reference = identity.text("docker-reference");
    identity.end();
    critical.end();

    var creator = optional.findText("creator");
    var seconds = optional.findInteger("timestamp");
    return new SignaturePayload(
        kind, reference, manifest, creator, seconds == null ? null : instant(seconds, optional));
  }

  /// The open part; cosign writes null for an empty one.
  private static StrictObject optional(StrictObject payload, Kind kind) {
    var node = payload.take("optional");
    var empty = kind == Kind.SIGSTORE && node.isNull();
    return StrictObject.of(empty ? Json.object() : node, "payload, \"optional\"");
  }

  private static Instant instant(long seconds, StrictObject optional) {
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw optional.invalid("\"timestamp\" is no time");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
