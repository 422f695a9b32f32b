package dev.ocij.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.edit.Edits;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.image.RecordingWriter;
import dev.ocij.image.Samples;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.testing.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
  private static final String ENCRYPTED = "application/vnd.oci.image.layer.v1.tar+gzip+encrypted";

  @TempDir private static Path folder;

  private final Samples samples = new Samples();

  @BeforeAll
  static void keys() throws IOException {
    var keys = new KeyFiles(folder);
    keys.rsa("rsa");
    keys.rsa("other");
    keys.ec("ec256", 256);
    keys.ec("ec384", 384);
    keys.ec("ec521", 521);
    keys.certificate("cert", true);
    keys.certificate("ec-cert", false);
    Files.writeString(folder.resolve("passphrase"), KeyFiles.PASSPHRASE + "\nsecond line");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jwe:rsa.pub,    rsa.key
          jwe:rsa.pub,    rsa-traditional.key
          jwe:ec256.pub,  ec256.key
          jwe:ec384.pub,  ec384.key
          jwe:ec521.pub,  ec521.key
          pkcs7:cert.crt, cert.key
          """)
  void opens_for_its_recipient(String recipient, String key) throws IOException {
    var stored = stored(encrypt(image("content"), recipient));
    assertThat(layer(stored).mediaType()).hasToString(ENCRYPTED);
    assertThat(text(decrypt(stored, key))).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({"rsa, rsa-locked", "rsa, rsa-traditional-locked", "ec256, ec256-locked"})
  void opens_with_a_passphrase(String recipient, String key) throws IOException {
    var stored = stored(encrypt(image("content"), "jwe:%s.pub".formatted(recipient)));
    for (var form : List.of("%s.key:%s", "%s.key:pass=%s")) {
      var opened = decrypt(stored, form.formatted(key, KeyFiles.PASSPHRASE));
      assertThat(text(opened)).isEqualTo("content");
    }
  }

  @Test
  void opens_with_a_passphrase_from_a_file() throws IOException {
    var stored = stored(encrypt(image("content"), "jwe:rsa.pub"));
    var key = "rsa-locked.key:file=" + folder.resolve("passphrase");
    assertThat(text(decrypt(stored, key))).isEqualTo("content");
  }

  @Test
  void refuses_keys_that_their_passphrase_does_not_open() {
    for (var key : List.of("rsa-locked.key", "rsa-traditional-locked.key")) {
      assertFails(() -> keys(key), "it needs a passphrase");
      assertFails(() -> keys(key + ":wrong"), "the passphrase does not open it");
    }
  }

  @Test
  void opens_for_each_of_several_recipients() throws IOException {
    var recipients = List.of("jwe:rsa.pub", "jwe:ec384.pub", "pkcs7:cert.crt");
    var stored = stored(encrypt(image("content"), recipients.toArray(String[]::new)));
    for (var key : List.of("rsa.key", "ec384.key", "cert.key")) {
      assertThat(text(decrypt(stored, key))).isEqualTo("content");
    }
    assertThat(text(decrypt(stored, "cert.crt", "other.key", "ec384.key"))).isEqualTo("content");
    assertFails(() -> decrypt(stored, "other.key", "ec256.key"), "none of the private keys");
  }

  @Test
  void leaves_no_note_of_it_once_it_is_decrypted() throws IOException {
    var layer = samples.layer(MediaType.OCI_LAYER_GZIP, "content");
    var image = samples.image(MediaType.OCI_MANIFEST, layer.withAnnotations(Map.of("a", "b")));
    var stored = stored(encrypt(image, "jwe:rsa.pub"));
    assertThat(layer(stored).annotations())
        .containsEntry("a", "b")
        .containsKeys(
            "org.opencontainers.image.enc.keys.jwe", "org.opencontainers.image.enc.pubopts");
    assertThat(layer(stored(decrypt(stored, "rsa.key"))))
        .isEqualTo(layer.withAnnotations(Map.of("a", "b")));
  }

  @ParameterizedTest
  @CsvSource({"0, true, false, false", "-1, false, false, true", "'1,-3', true, true, false"})
  void encrypts_the_layers_that_were_chosen(
      String chosen, boolean first, boolean second, boolean third) throws IOException {
    var layers = Stream.of(chosen.split(",")).map(Integer::valueOf).toList();
    var image = image("one", "two", "three");
    var stored = stored((Image) new Encryption(recipients("jwe:rsa.pub"), layers).apply(image));
    assertThat(stored.layers().stream().map(layer -> layer.mediaType().isEncrypted()))
        .containsExactly(first, second, third);
    assertThat(text(decrypt(stored, "rsa.key"))).isEqualTo("one two three");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, -4})
  void refuses_layers_that_are_not_there(int layer) {
    var image = image("one", "two", "three");
    var encryption = new Encryption(recipients("jwe:rsa.pub"), List.of(layer));
    assertFails(
        () -> encryption.apply(image),
        "layer index %d out of range (3 layers exist)".formatted(layer));
  }

  @Test
  void encrypts_nothing_twice() throws IOException {
    var stored = stored(encrypt(image("content"), "jwe:rsa.pub"));
    assertThat(encrypt(stored, "jwe:ec256.pub")).isSameAs(stored);
  }

  @Test
  void leaves_an_image_without_encryption_alone() {
    var image = image("content");
    assertThat(decrypt(image, "rsa.key")).isSameAs(image);
  }

  /// A transfer that broke off goes on with the bytes of another reading.
  @Test
  void gives_the_same_bytes_each_time_and_others_for_another_image() throws IOException {
    var first = encrypt(image("content"), "jwe:rsa.pub").layers().getFirst();
    var bytes = bytes(first);
    var notes = first.annotations();
    assertThat(bytes(first)).isEqualTo(bytes);
    assertThat(first.annotations().get("org.opencontainers.image.enc.pubopts"))
        .isEqualTo(notes.get("org.opencontainers.image.enc.pubopts"));
    assertThat(bytes(encrypt(image("content"), "jwe:rsa.pub").layers().getFirst()))
        .isNotEqualTo(bytes);
  }

  @Test
  void encrypts_what_is_compressed_on_the_way() throws IOException {
    var plain =
        samples.image(
            MediaType.OCI_MANIFEST, samples.layer(MediaType.OCI_LAYER, "content".repeat(99)));
    var gzip = (Image) Edits.recompress(Compression.GZIP, -1).apply(plain);
    var stored = stored(encrypt(gzip, "jwe:ec256.pub"));
    assertThat(layer(stored).mediaType()).hasToString(ENCRYPTED);
    assertThat(text(decrypt(stored, "ec256.key"))).isEqualTo("content".repeat(99));
  }

  /// Who can write to a registry can alter a layer and its digest, but not its code.
  @Test
  void refuses_altered_content() throws IOException {
    var stored = stored(encrypt(image("content"), "jwe:rsa.pub"));
    var altered = bytes(stored.layers().getFirst());
    altered[altered.length / 2] ^= 1;
    var forged =
        samples
            .blob(layer(stored).mediaType(), altered)
            .withAnnotations(layer(stored).annotations());
    var image = decrypt(samples.image(MediaType.OCI_MANIFEST, forged), "rsa.key");
    assertFails(() -> bytes(image.layers().getFirst()), "its authentication code is another");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.opencontainers.image.enc.keys.jwe",
        "org.opencontainers.image.enc.keys.pkcs7"
      })
  void refuses_an_altered_key(String note) throws IOException {
    var stored = stored(encrypt(image("content"), "jwe:rsa.pub", "pkcs7:cert.crt"));
    for (var change : List.of("", "AAAA", "{", "eyJhIjoxfQ==")) {
      var notes = new TreeMap<>(Map.of(note, change));
      notes.put(
          "org.opencontainers.image.enc.pubopts",
          String.valueOf(layer(stored).annotations().get("org.opencontainers.image.enc.pubopts")));
      var image = samples.image(MediaType.OCI_MANIFEST, layer(stored).withAnnotations(notes));
      assertThatThrownBy(() -> decrypt(image, "rsa.key", "cert.key"))
          .as(change)
          .isInstanceOf(OciException.class);
    }
  }

  /// Whatever byte is another one, the envelope is refused or opened by nobody.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void altered_envelopes_are_no_surprise(boolean jwe) throws Exception {
    var content = "secret".getBytes(StandardCharsets.UTF_8);
    var keys = keys("cert.key").keys();
    var held = ((Recipient.Pkcs7) recipients("pkcs7:cert.crt").getFirst()).certificate();
    var envelope =
        jwe ? Jwe.seal(content, List.of(held.getPublicKey())) : Pkcs7.seal(content, List.of(held));
    for (int at = 0; at < envelope.length; at++) {
      var altered = envelope.clone();
      altered[at] ^= (byte) (1 << at % Byte.SIZE);
      try {
        var opened = jwe ? Jwe.open(altered, keys) : Pkcs7.open(altered, keys);
        opened.ifPresent(found -> assertThat(found).isEqualTo(content));
      } catch (OciException _) {
        // refused
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jwe:rsa.key,       is not a public key
          jwe:cert.crt,      is not a public key
          pkcs7:rsa.pub,     is not an X.509 certificate
          pkcs7:ec-cert.crt, pkcs7 wraps for RSA only
          jwe:passphrase,    neither a key nor a certificate
          jwe:nothing,       no such file
          other:rsa.pub,     'not known: use jwe, pgp, pkcs7 or provider'
          rsa.pub,           expected PROTOCOL:FILE
          pgp:rsa.pub,       gpg has no key
          provider:x,        OCICRYPT_KEYPROVIDER_CONFIG must name their file
          """)
  void refuses_what_is_no_recipient(String recipient, String why) {
    assertFails(() -> recipients(recipient), why);
  }

  private Image image(String... layers) {
    return samples.image(
        MediaType.OCI_MANIFEST,
        Stream.of(layers)
            .map(text -> samples.layer(MediaType.OCI_LAYER_GZIP, text))
            .toArray(Descriptor[]::new));
  }

  private static Image encrypt(Image image, String... recipients) {
    return (Image) new Encryption(recipients(recipients), List.of()).apply(image);
  }

  private static Image decrypt(Image image, String... keys) {
    return (Image) new Decryption(keys(keys)).apply(image);
  }

  private static List<Recipient> recipients(String... texts) {
    return Stream.of(texts)
        .map(text -> text.replaceFirst("^(jwe|pkcs7|other):", "$1:" + folder + "/"))
        .map(Recipient::parse)
        .toList();
  }

  private static DecryptionKeys keys(String... texts) {
    return DecryptionKeys.parse(Stream.of(texts).map(text -> folder + "/" + text).toList());
  }

  /// The image as another tool would read it.
  private Image stored(Image image) throws IOException {
    var writer = new RecordingWriter();
    Document document = image.write(writer);
    writer.blobs().forEach((blob, bytes) -> samples.blob(blob.mediaType(), bytes));
    return Image.of(document, samples);
  }

  private static Descriptor layer(Image stored) {
    var original = Objects.requireNonNull(stored.original());
    return Json.read(original.bytes(), ImageManifest::from, "manifest").layers().getFirst();
  }

  private static byte[] bytes(Blob blob) throws IOException {
    try (var in = blob.open()) {
      return in.readAllBytes();
    }
  }

  private static String text(Image image) throws IOException {
    var texts = new ArrayList<String>();
    for (var layer : image.layers()) {
      try (var plain = Compression.decompressAny(layer.open())) {
        texts.add(new String(plain.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return String.join(" ", texts);
  }

  private static void assertFails(ThrowingCallable call, String why) {
    assertThatExceptionOfType(OciException.class).isThrownBy(call).withMessageContaining(why);
  }
}
