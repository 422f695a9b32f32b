package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Json;
import dev.ocij.trust.Requirement;
import dev.ocij.trust.Signature;
import dev.ocij.trust.Signer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Signs as cosign does since its version 3, with a private key and without a log: a bundle that
/// says something of an image, or no more than that it is signed.
///
/// @param predicateType what kind of thing is said
public record BundleSigner(SigningKey key, String predicateType, JsonNode predicate, Clock clock)
    implements Signer {
  private static final String CONTENT = "dev.sigstore.bundle.content";
  private static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";
  private static final String CREATED = "org.opencontainers.image.created";

  /// One who signs and says nothing else.
  public static BundleSigner of(SigningKey key, Clock clock) {
    var nothing = Json.object();
    return new BundleSigner(key, Requirement.BundleSigned.SIGNED, nothing, clock);
  }

  /// The bundle names the image by its digest alone.
  @Override
  public Signature.Bundle sign(Document manifest, String dockerReference) {
    var payload = new Statement(List.of(manifest.digest()), predicateType, predicate).toJson();
    var unsigned = new Envelope(payload, Envelope.STATEMENT, List.of());
    var signature = new Envelope.Signed(key.sign(unsigned.signedBytes()));
    var hint = Base64.getEncoder().encodeToString(key.hint());
    var bundle =
        new Bundle(
            Signature.Bundle.MEDIA_TYPE,
            new Bundle.Material(new Bundle.Key(hint)),
            new Envelope(payload, Envelope.STATEMENT, List.of(signature)),
            null);
    return new Signature.Bundle(Json.write(bundle), annotations());
  }

  private Map<String, String> annotations() {
    return Map.of(
        CONTENT,
        "dsse-envelope",
        PREDICATE_TYPE,
        predicateType,
        CREATED,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
