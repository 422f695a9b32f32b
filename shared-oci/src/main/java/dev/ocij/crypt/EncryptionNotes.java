package dev.ocij.crypt;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The annotations of an encrypted layer: its key, once for each way to wrap it, and what anyone
/// may know of its encryption.
final class EncryptionNotes {
  private static final String PREFIX = "org.opencontainers.image.enc.";
  private static final String JWE = PREFIX + "keys.jwe";
  private static final String PKCS7 = PREFIX + "keys.pkcs7";
  private static final String OPENPGP = PREFIX + "keys.pgp";
  private static final String PROVIDED = PREFIX + "keys.provider.";
  private static final String PUBLIC = PREFIX + "pubopts";

  private EncryptionNotes() {}

  static Map<String, String> of(LayerSecret secret, byte[] code, List<Recipient> recipients) {
    var notes = new TreeMap<String, String>();
    var jwe = of(recipients, Recipient.Jwe.class).map(Recipient.Jwe::key).toList();
    if (!jwe.isEmpty()) {
      notes.put(JWE, base64(Jwe.seal(secret.json(), List.copyOf(jwe))));
    }
    var pkcs7 = of(recipients, Recipient.Pkcs7.class).map(Recipient.Pkcs7::certificate).toList();
    if (!pkcs7.isEmpty()) {
      notes.put(PKCS7, base64(Pkcs7.seal(secret.json(), pkcs7)));
    }
    var openPgp = of(recipients, Recipient.OpenPgp.class).map(Recipient.OpenPgp::key).toList();
    if (!openPgp.isEmpty()) {
      notes.put(OPENPGP, base64(OpenPgp.seal(secret.json(), openPgp)));
    }
    of(recipients, Recipient.Provided.class)
        .map(Recipient.Provided::provider)
        .forEach(one -> notes.put(PROVIDED + one.name(), base64(one.wrap(secret.json()))));
    notes.put(PUBLIC, base64(Json.write(PublicOptions.of(code))));
    return notes;
  }

  /// The layer's key, where one of these keys opens it.
  static Optional<LayerSecret> secret(Map<String, String> notes, DecryptionKeys keys) {
    return opened(notes, JWE, keys.keys(), Jwe::open)
        .or(() -> opened(notes, PKCS7, keys.keys(), Pkcs7::open))
        .or(() -> opened(notes, OPENPGP, keys.openPgp(), OpenPgp::open))
        .or(() -> provided(notes, keys.providers()))
        .map(LayerSecret::parse);
  }

  /// The authentication code of the encrypted content.
  static byte[] code(Map<String, String> notes) {
    var json = decode(notes.getOrDefault(PUBLIC, ""));
    return Json.read(json, PublicOptions.class, "encryption options of a layer").checkedCode();
  }

  /// What else was noted of a layer.
  static Map<String, String> without(Map<String, String> notes) {
    var others = new TreeMap<>(notes);
    others.keySet().removeIf(name -> name.startsWith(PREFIX));
    return others;
  }

  /// One annotation may hold several envelopes, made at different times.
  private static <K> Optional<byte[]> opened(
      Map<String, String> notes,
      String name,
      List<K> keys,
      BiFunction<byte[], List<K>, Optional<byte[]>> open) {
    return Stream.of(notes.getOrDefault(name, "").split(","))
        .filter(text -> !text.isEmpty())
        .flatMap(text -> open.apply(decode(text), keys).stream())
        .findFirst();
  }

  private static Optional<byte[]> provided(Map<String, String> notes, List<KeyProvider> providers) {
    return providers.stream()
        .flatMap(one ->
            opened(
                notes,
                PROVIDED + one.name(),
                List.of(one),
                (annotation, _) -> Optional.of(one.unwrap(annotation)))
                .stream())
        .findFirst();
  }

  private static <T> Stream<T> of(List<Recipient> recipients, Class<T> kind) {
    return recipients.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID, "read the key of an encrypted layer: not base64", e);
    }
  }
}
