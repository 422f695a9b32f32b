package dev.ocij.crypt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON Web Encryption (RFC 7516) in its JSON form: flattened for one recipient, general for
/// several. The content is encrypted by AES-256-GCM.
///
/// @param header base64 of the header that the content's tag covers
/// @param shared what holds for all recipients
/// @param own what holds for the only recipient
/// @param aad what else the tag covers
@JsonInclude(JsonInclude.Include.NON_NULL)
record Jwe(
    @JsonProperty("protected") @Nullable String header,
    @JsonProperty("unprotected") @Nullable JweHeader shared,
    @JsonProperty("header") @Nullable JweHeader own,
    @JsonProperty("encrypted_key") @Nullable String encryptedKey,
    @Nullable List<To> recipients,
    @Nullable String aad,
    @Nullable String iv,
    @Nullable String ciphertext,
    @Nullable String tag) {
  /// The content's key for one recipient.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record To(
      @Nullable JweHeader header, @JsonProperty("encrypted_key") @Nullable String encryptedKey) {}

  /// An envelope that each of these keys opens.
  static byte[] seal(byte[] content, List<PublicKey> keys) {
    var contentKey = LayerSecret.random(LayerSecret.KEY_LENGTH);
    var wrapped = keys.stream().map(key -> JweKey.wrap(contentKey, key)).toList();
    var only = wrapped.getFirst();
    boolean flat = wrapped.size() == 1;
    var header = (flat ? JweHeader.NOTHING.or(only.header()) : JweHeader.NOTHING).withEncryption();
    var covered = header.base64();
    var nonce = LayerSecret.random(Gcm.NONCE_LENGTH);
    var sealed = Gcm.seal(content, contentKey, nonce, JweHeader.ascii(covered));
    int end = sealed.length - Gcm.TAG_LENGTH;
    return Json.write(
        new Jwe(
            covered,
            null,
            null,
            flat ? only.encryptedKey() : null,
            flat ? null : wrapped,
            null,
            JweHeader.encode(nonce),
            JweHeader.encode(Arrays.copyOf(sealed, end)),
            JweHeader.encode(Arrays.copyOfRange(sealed, end, sealed.length))));
  }

  /// The content of an envelope, where one of the keys opens it.
  ///
  /// @throws OciException where this is no envelope, or one of a kind that is not known
  static Optional<byte[]> open(byte[] json, List<PrivateKey> keys) {
    var jwe = Json.read(json, Jwe.class, "JWE");
    var common = JweHeader.parse(jwe.header).or(jwe.shared);
    return jwe.all().stream()
        .flatMap(to -> keys.stream().flatMap(key -> jwe.open(to, common, key).stream()))
        .findFirst();
  }

  private List<To> all() {
    return recipients == null ? List.of(new To(own, encryptedKey)) : recipients;
  }

  private Optional<byte[]> open(To to, JweHeader common, PrivateKey key) {
    var whole = common.or(to.header());
    if (!JweHeader.ENCRYPTION.equals(whole.enc()) || whole.zip() != null) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "open JWE: content by %s; expected %s without compression"
              .formatted(Quoted.of(String.valueOf(whole.enc())), JweHeader.ENCRYPTION));
    }
    return JweKey.unwrap(JweHeader.decode(to.encryptedKey()), whole, key)
        .flatMap(contentKey -> Gcm.open(sealed(), contentKey, JweHeader.decode(iv), covered()));
  }

  private byte[] sealed() {
    var text = JweHeader.decode(ciphertext);
    var code = JweHeader.decode(tag);
    var both = Arrays.copyOf(text, text.length + code.length);
    System.arraycopy(code, 0, both, text.length, code.length);
    return both;
  }

  private byte[] covered() {
    var text = header == null ? "" : header;
    return JweHeader.ascii(aad == null ? text : text + "." + aad);
  }
}
