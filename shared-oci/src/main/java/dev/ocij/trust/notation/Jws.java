package dev.ocij.trust.notation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.TrustRoots;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An envelope in JSON: JWS, flattened.
record Jws(
    String payload, @JsonProperty("protected") String head, Header header, String signature) {
  static final String MEDIA_TYPE = "application/jose+json";

  record Header(
      List<byte[]> x5c,
      @JsonProperty(NotaryEnvelope.AGENT) @Nullable String agent,
      @JsonProperty(NotaryEnvelope.TIMESTAMP) byte @Nullable [] timestamp) {}

  /// What the signature protects besides the payload.
  record Head(
      String alg,
      List<String> crit,
      String cty,
      @JsonProperty(NotaryEnvelope.SCHEME) String scheme,
      @JsonProperty(NotaryEnvelope.TIME) @Nullable String time,
      @JsonProperty(NotaryEnvelope.EXPIRY) @Nullable String expiry,
      @JsonProperty(NotaryEnvelope.AUTHENTIC_TIME) @Nullable String authenticTime) {}

  static NotaryEnvelope parse(byte[] json) {
    try {
      var jws = Json.read(json, Jws.class, "envelope");
      var head = Json.read(decode(jws.head), Head.class, "envelope's header");
      return new NotaryEnvelope(
          jws.signed(),
          decode(jws.signature),
          decode(jws.payload),
          head.alg,
          head.cty,
          head.crit,
          head.scheme,
          time(head.expiry),
          time(head.authenticTime),
          jws.header.timestamp,
          TrustRoots.certificates(jws.header.x5c));
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException | DateTimeException | IllegalArgumentException | NullPointerException e) {
      throw new BadSignatureException("malformed envelope", e);
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] signed(String head, String payload) {
    return (head + "." + payload).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] signed() {
    return signed(head, payload);
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
