package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.TrustRoots;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A sigstore bundle: an envelope, and what vouches for it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Bundle(
    String mediaType,
    Material verificationMaterial,
    @Nullable Envelope dsseEnvelope,
    @Nullable Object messageSignature) {
  private static final List<String> MEDIA_TYPES =
      List.of(
          Signature.Bundle.MEDIA_TYPE,
          "application/vnd.dev.sigstore.bundle+json;version=0.3",
          "application/vnd.dev.sigstore.bundle+json;version=0.2",
          "application/vnd.dev.sigstore.bundle+json;version=0.1");

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Material(
      @Nullable Key publicKey,
      @Nullable Certificate certificate,
      @Nullable Chain x509CertificateChain,
      @Nullable List<Entry> tlogEntries) {}

  record Key(String hint) {}

  record Certificate(byte[] rawBytes) {}

  record Chain(List<Certificate> certificates) {}

  record Entry(
      String logIndex,
      LogId logId,
      String integratedTime,
      @Nullable Promise inclusionPromise,
      byte[] canonicalizedBody) {}

  record LogId(byte[] keyId) {}

  record Promise(byte[] signedEntryTimestamp) {}

  /// @throws BadSignatureException where it is no bundle that we understand
  static Bundle parse(byte[] json) {
    Bundle bundle;
    try {
      bundle = Json.read(json, Bundle.class, "bundle");
    } catch (OciException e) {
      throw new BadSignatureException("invalid bundle: " + e.sentence(), e);
    }
    if (!MEDIA_TYPES.contains(bundle.mediaType)) {
      throw new BadSignatureException(
          "a bundle of type %s is not known"
              .formatted(Quoted.of(String.valueOf(bundle.mediaType))));
    }
    if (bundle.verificationMaterial == null) {
      throw new BadSignatureException("the bundle has no verification material");
    }
    return bundle;
  }

  /// The envelope, which has exactly one signature.
  Envelope envelope() {
    if (dsseEnvelope == null) {
      throw new BadSignatureException("a bundle without an envelope says nothing of an image");
    }
    if (dsseEnvelope.payload() == null || dsseEnvelope.payloadType() == null) {
      throw new BadSignatureException("the bundle's envelope is empty");
    }
    var signatures = dsseEnvelope.signatures();
    if (signatures == null || signatures.size() != 1 || signatures.getFirst().sig() == null) {
      throw new BadSignatureException("the bundle's envelope has not exactly one signature");
    }
    return dsseEnvelope;
  }

  SignedContent content() {
    var envelope = envelope();
    return new SignedContent(
        envelope.signedBytes(),
        envelope.payload(),
        envelope.signatures().getFirst().sig(),
        certificates(),
        log());
  }

  private List<X509Certificate> certificates() {
    var chain = verificationMaterial.x509CertificateChain;
    var sent =
        chain == null || chain.certificates == null ? List.<Certificate>of() : chain.certificates;
    var raw =
        Stream.concat(Stream.ofNullable(verificationMaterial.certificate), sent.stream())
            .map(Certificate::rawBytes)
            .filter(Objects::nonNull)
            .toList();
    try {
      return TrustRoots.certificates(raw);
    } catch (OciException e) {
      throw new BadSignatureException("malformed certificate in the bundle", e);
    }
  }

  private List<LogEntry> log() {
    var entries = verificationMaterial.tlogEntries;
    return entries == null
        ? List.of()
        : entries.stream()
            .filter(entry -> entry.inclusionPromise != null)
            .map(Bundle::log)
            .toList();
  }

  private static LogEntry log(Entry entry) {
    try {
      var promise = Objects.requireNonNull(entry.inclusionPromise).signedEntryTimestamp;
      return new LogEntry(
          entry.canonicalizedBody,
          Long.parseLong(entry.integratedTime),
          Long.parseLong(entry.logIndex),
          HexFormat.of().formatHex(entry.logId.keyId),
          Objects.requireNonNull(promise));
    } catch (NullPointerException | NumberFormatException e) {
      throw new BadSignatureException("malformed log entry", e);
    }
  }
}
