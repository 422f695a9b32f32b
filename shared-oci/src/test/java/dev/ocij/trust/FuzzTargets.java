package dev.ocij.trust;

import dev.ocij.crypt.CryptFuzzTargets;
import dev.ocij.trust.notation.NotationFuzzTargets;
import dev.ocij.trust.sigstore.SigstoreFuzzTargets;
import dev.ocij.trust.simple.SimpleFuzzTargets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Every parser of signatures, envelopes, keys and policies.
public final class FuzzTargets {
  private static final String PAYLOAD =
      "{\"critical\":{\"identity\":{\"docker-reference\":\"a/b:1\"},\"image\":{\"docker-manifest-digest\":"
          + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"},\"type\":\"atomic"
          + " container signature\"},\"optional\":{\"creator\":\"x\",\"timestamp\":1}}";
  private static final String POLICY =
      "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"a.example\":[{\"type\":\"signedBy\","
          + "\"keyType\":\"GPGKeys\",\"keyData\":\"AAAA\",\"signedIdentity\":{\"type\":\"remapIdentity\","
          + "\"prefix\":\"a.example\",\"signedPrefix\":\"b.example/c\"}},{\"type\":\"notationSigned\",\"caData\":"
          + "\"AA==\",\"trustedIdentities\":[\"*\"]},{\"type\":\"bundleSigned\",\"keyless\":{\"trustedRootData\":"
          + "\"AA==\",\"oidcIssuer\":\"x\",\"subjectURI\":\"y\"}}]},\"oci\":{\"/a/b\":[{\"type\":\"sigstoreSigned\","
          + "\"keyDatas\":[\"AA==\"],\"rekorPublicKeyData\":\"AA==\"}]}}}";
  private static final String TOKEN =
      "pkcs11:token=a%20b;object=c;slot-id=3?module-path=/m&pin-value=1";

  private FuzzTargets() {}

  public static List<FuzzTarget> all() {
    return Stream.of(
            own(),
            SigstoreFuzzTargets.all().stream(),
            NotationFuzzTargets.all().stream(),
            SimpleFuzzTargets.all().stream(),
            CryptFuzzTargets.all().stream())
        .flatMap(targets -> targets)
        .toList();
  }

  private static Stream<FuzzTarget> own() {
    return Stream.of(
        target(
            "payload",
            PAYLOAD,
            bytes -> SignaturePayload.parse(bytes, SignaturePayload.Kind.SIMPLE)),
        target("policy", POLICY, bytes -> PolicyFile.parse(bytes, List.of())),
        target("pkcs11-uri", TOKEN, FuzzTargets::token),
        new FuzzTarget(
            "certificates",
            List.of(
                Authority.pem(Authority.root("a").certificate()).getBytes(StandardCharsets.UTF_8)),
            bytes -> TrustRoots.certificates(List.of(bytes))));
  }

  /// A PIN that cannot be in the input by chance, nor by the search, is not shown.
  private static void token(byte[] bytes) {
    var pin = UUID.randomUUID().toString();
    var text = new String(bytes, StandardCharsets.UTF_8);
    var uri = TokenUri.parse(text.replaceAll("pin-value=[^&]*", "pin-value=" + pin));
    var _ = uri.slot();
    boolean named = text.indexOf("pin-value=") < text.indexOf('?');
    if (!named && uri.toString().contains(pin)) {
      throw new AssertionError("a PIN is shown: " + uri);
    }
  }

  private static FuzzTarget target(String name, String seed, Consumer<byte[]> parser) {
    return new FuzzTarget(name, List.of(seed.getBytes(StandardCharsets.UTF_8)), parser);
  }
}
