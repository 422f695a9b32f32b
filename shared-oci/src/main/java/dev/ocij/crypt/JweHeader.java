package dev.ocij.crypt;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What an envelope says of its encryption: the fields of RFC 7518 that key wrapping needs.
///
/// @param alg how the content's key is wrapped
/// @param enc how the content is encrypted
/// @param epk the sender's ephemeral key
/// @param zip how the content is compressed
@JsonInclude(JsonInclude.Include.NON_NULL)
record JweHeader(
    @Nullable String alg,
    @Nullable String enc,
    @Nullable Point epk,
    @Nullable String apu,
    @Nullable String apv,
    @Nullable String zip) {
  static final JweHeader NOTHING = new JweHeader(null, null, null, null, null, null);
  static final String ENCRYPTION = "A256GCM";

  /// A public key of an elliptic curve, as RFC 7517 writes it.
  record Point(String kty, String crv, String x, String y) {}

  static JweHeader of(String alg, @Nullable Point epk) {
    return new JweHeader(alg, null, epk, null, null, null);
  }

  /// The header in the base64 text of an envelope.
  static JweHeader parse(@Nullable String base64) {
    return base64 == null || base64.isEmpty()
        ? NOTHING
        : Json.read(decode(base64), JweHeader.class, "header of a JWE");
  }

  String base64() {
    return encode(Json.write(this));
  }

  JweHeader withEncryption() {
    return new JweHeader(alg, ENCRYPTION, epk, apu, apv, zip);
  }

  /// This header, and of another one what is not here.
  JweHeader or(@Nullable JweHeader other) {
    return other == null
        ? this
        : new JweHeader(
            alg == null ? other.alg : alg,
            enc == null ? other.enc : enc,
            epk == null ? other.epk : epk,
            apu == null ? other.apu : apu,
            apv == null ? other.apv : apv,
            zip == null ? other.zip : zip);
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(@Nullable String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64 == null ? "" : base64);
    } catch (IllegalArgumentException e) {
      throw new OciException(OciException.Category.INVALID, "read JWE: it is not base64", e);
    }
  }

  static byte[] ascii(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);
  }
}
