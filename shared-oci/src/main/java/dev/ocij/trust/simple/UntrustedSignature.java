package dev.ocij.trust.simple;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Digest;
import dev.ocij.trust.SignaturePayload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a simple signature says, believed by nobody: for looking at it, never for a decision.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UntrustedSignature(
    @JsonProperty("UntrustedDockerManifestDigest") Digest dockerManifestDigest,
    @JsonProperty("UntrustedDockerReference") String dockerReference,
    @JsonProperty("UntrustedCreatorID") @Nullable String creatorId,
    @JsonProperty("UntrustedTimestamp") @Nullable Instant timestamp,
    @JsonProperty("UntrustedShortKeyIdentifier") String shortKeyIdentifier) {
  /// @throws dev.ocij.trust.BadSignatureException where it is not even well-formed
  public static UntrustedSignature parse(byte[] message) {
    var signed = SignedMessage.parse(message);
    var payload = SignaturePayload.parse(signed.content(), SignaturePayload.Kind.SIMPLE);
    return new UntrustedSignature(
        payload.manifest(),
        payload.dockerReference(),
        payload.creator(),
        payload.timestamp(),
        "%016X".formatted(signed.signature().getKeyID()));
  }
}
