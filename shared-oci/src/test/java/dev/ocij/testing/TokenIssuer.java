package dev.ocij.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.tls.HeldCertificate;

/// Signs JSON web tokens (RFC 7519) that docker-registry accepts: ES256, with the certificate in
/// the header.
final class TokenIssuer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final HeldCertificate certificate = Certificates.forLoopback();

  String certificatePem() {
    return certificate.certificatePem();
  }

  String token(List<TokenServer.Grant> access) {
    try {
      var leaf = Base64.getEncoder().encodeToString(certificate.certificate().getEncoded());
      var header = Map.of("typ", "JWT", "alg", "ES256", "x5c", List.of(leaf));
      var signed = part(header) + "." + part(claims(access));
      return signed + "." + encode(sign(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sign a token", e);
    }
  }

  private static Map<String, Object> claims(List<TokenServer.Grant> access) {
    long now = Instant.now().getEpochSecond();
    return Map.of(
        "iss",
        TokenServer.ISSUER,
        "sub",
        "test",
        "aud",
        TokenServer.SERVICE,
        "iat",
        now,
        "nbf",
        now - 1,
        "exp",
        now + LIFETIME.toSeconds(),
        "jti",
        UUID.randomUUID().toString(),
        "access",
        access);
  }

  private byte[] sign(String text) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(certificate.keyPair().getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return signature.sign();
  }

  private static String part(Object json) {
    try {
      return encode(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("write " + json, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
