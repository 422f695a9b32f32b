package dev.ocij.buildah.context.cloud;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/// The key of a service account of Google's, as its file has it.
///
/// @param keyId empty where the file has none
/// @param pem the private key
/// @param tokenUri where a claim that it signed becomes a token
record GoogleServiceAccount(String email, String keyId, String pem, String tokenUri) {
  private static final String READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only";
  private static final Duration VALIDITY = Duration.ofHours(1);

  static GoogleServiceAccount from(FieldReader json) {
    return new GoogleServiceAccount(
        json.required("client_email"),
        Objects.requireNonNullElse(json.text("private_key_id"), ""),
        json.required("private_key"),
        Objects.requireNonNullElse(json.text("token_uri"), GoogleAccount.TOKENS));
  }

  /// A claim to be this account, for the token server alone: RFC 7523.
  String assertion(Instant now) {
    var header = Json.object().put("alg", "RS256").put("typ", "JWT");
    if (!keyId.isEmpty()) {
      header.put("kid", keyId);
    }
    var claims =
        Json.object()
            .put("iss", email)
            .put("scope", READ_ONLY)
            .put("aud", tokenUri)
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(VALIDITY).getEpochSecond());
    var signed = encoded(Json.write(header)) + "." + encoded(Json.write(claims));
    return signed + "." + encoded(sign(signed));
  }

  private byte[] sign(String text) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "sign as %s: its private_key is no RSA key in PEM".formatted(email),
          e);
    }
  }

  private PrivateKey key() throws GeneralSecurityException {
    var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    return KeyFactory.getInstance("RSA").generatePrivate(spec);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Without secrets.
  @Override
  public String toString() {
    return email;
  }

  /// What is posted to the token server.
  Map<String, String> form(Instant now) {
    return Map.of(
        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion(now));
  }
}
