package dev.ocij.trust.notation;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Signature;
import dev.ocij.trust.Signer;
import dev.ocij.trust.TrustRoots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.util.io.pem.PemReader;

/// Signs as notation does, with a key and the chain of its certificate.
///
/// @param chain the signer's certificate first, the root last
public record NotationSigner(
    PrivateKey key, List<X509Certificate> chain, Encoding encoding, Clock clock) implements Signer {
  /// What an envelope is written in.
  public enum Encoding {
    JWS,
    COSE
  }

  private static final String THUMBPRINTS = "io.cncf.notary.x509chain.thumbprint#S256";
  private static final String CREATED = "org.opencontainers.image.created";
  static final String AGENT = "ocij";

  public NotationSigner {
    chain = List.copyOf(chain);
  }

  /// @param keyFile an unencrypted PKCS#8 key in PEM, as notation has them
  /// @param certificates in PEM, the signer's first
  public static NotationSigner read(
      Path keyFile, Path certificates, Encoding encoding, Clock clock) {
    try (var pem = new PemReader(Files.newBufferedReader(keyFile))) {
      var chain = TrustRoots.certificates(List.of(Files.readAllBytes(certificates)));
      var block = pem.readPemObject();
      if (block == null) {
        throw new IOException("there is no PEM block in it");
      }
      var algorithm = chain.getFirst().getPublicKey().getAlgorithm();
      var key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(block.getContent()));
      return new NotationSigner(key, chain, encoding, clock);
    } catch (IOException | GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read notation key \"%s\" and certificates \"%s\": %s"
              .formatted(keyFile, certificates, Reason.of(e)),
          e);
    }
  }

  /// The certificates of a file, the signer's first.
  public static List<X509Certificate> certificates(Path file) {
    try {
      return TrustRoots.certificates(List.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read certificates \"%s\": %s".formatted(file, Reason.of(e)),
          e);
    }
  }

  /// The envelope names the image by its descriptor alone.
  @Override
  public Signature.Notation sign(Document manifest, String dockerReference) {
    var algorithm = NotaryAlgorithm.of(chain.getFirst().getPublicKey());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return switch (encoding) {
      case JWS ->
          new Signature.Notation(
              Jws.MEDIA_TYPE, jws(algorithm, now, payload(manifest)), annotations(now));
      case COSE ->
          new Signature.Notation(
              Cose.MEDIA_TYPE, cose(algorithm, now, payload(manifest)), annotations(now));
    };
  }

  private byte[] jws(NotaryAlgorithm algorithm, Instant now, byte[] payload) {
    var head =
        new Jws.Head(
            algorithm.name(),
            List.of(NotaryEnvelope.SCHEME),
            NotaryEnvelope.PAYLOAD,
            NotaryEnvelope.X509,
            now.toString(),
            null,
            null);
    var encodedHead = Jws.encode(Json.write(head));
    var encodedPayload = Jws.encode(payload);
    var signature = sign(algorithm, Jws.signed(encodedHead, encodedPayload));
    var header = new Jws.Header(chain.stream().map(NotationSigner::der).toList(), AGENT, null);
    return Json.write(new Jws(encodedPayload, encodedHead, header, Jws.encode(signature)));
  }

  private byte[] cose(NotaryAlgorithm algorithm, Instant now, byte[] payload) {
    var head = Cose.head(algorithm, now);
    var signature = sign(algorithm, CborWriter.signatureStructure(head, payload));
    return Cose.write(head, payload, signature, chain.stream().map(NotationSigner::der).toList());
  }

  private byte[] sign(NotaryAlgorithm algorithm, byte[] content) {
    try {
      var signer = algorithm.signing(key);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "sign with notation key: %s; is it the certificate's?".formatted(Reason.of(e)),
          e);
    }
  }

  private static byte[] payload(Document manifest) {
    var target = new LinkedHashMap<String, Object>();
    target.put("mediaType", manifest.mediaType().value());
    target.put("digest", manifest.digest().toString());
    target.put("size", manifest.bytes().length);
    return Json.write(Map.of("targetArtifact", target));
  }

  private Map<String, String> annotations(Instant now) {
    var thumbprints = new ArrayList<String>();
    chain.forEach(certificate -> thumbprints.add(Digest.of(der(certificate)).hex()));
    var annotations = new TreeMap<String, String>();
    annotations.put(THUMBPRINTS, new String(Json.write(thumbprints), StandardCharsets.UTF_8));
    annotations.put(CREATED, now.toString());
    return annotations;
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was read from this form", e);
    }
  }
}
