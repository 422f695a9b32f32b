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
      @Nullable List<Entry> tlogEntries,
      @Nullable Timestamps timestampVerificationData) {
    Material(Key key) {
      this(key, null, null, null, null);
    }
  }

  record Key(String hint) {}

  record Certificate(byte[] rawBytes) {}

  record Chain(List<Certificate> certificates) {}

  /// Numbers are text, and not there where they are zero: so protobuf writes JSON.
  record Entry(
      @Nullable String logIndex,
      LogId logId,
      @Nullable String integratedTime,
      @Nullable Promise inclusionPromise,
      @Nullable Proof inclusionProof,
      byte[] canonicalizedBody) {}

  record LogId(byte[] keyId) {}

  record Promise(byte[] signedEntryTimestamp) {}

  record Proof(
      @Nullable String logIndex,
      byte[] rootHash,
      String treeSize,
      @Nullable List<byte[]> hashes,
      Note checkpoint) {
    private InclusionProof toProof() {
      var path =
          new MerklePath(number(logIndex), number(treeSize), hashes == null ? List.of() : hashes);
      return new InclusionProof(path, rootHash, Checkpoint.parse(checkpoint.envelope));
    }
  }

  record Note(String envelope) {}

  record Timestamps(@Nullable List<Answer> rfc3161Timestamps) {}

  record Answer(byte[] signedTimestamp) {}

  /// @throws BadSignatureException where it is no bundle that we understand
  static Bundle parse(byte[] json) {
    Bundle bundle;
    try {
      bundle = Json.read(json, Bundle.class, "bundle");
    } catch (OciException e) {
      throw new BadSignatureException("invalid bundle: " + e.sentence(), e);
    }
    if (bundle.mediaType == null || !MEDIA_TYPES.contains(bundle.mediaType)) {
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
        log(),
        timestamps());
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
    return entries == null ? List.of() : entries.stream().map(Bundle::log).toList();
  }

  private static LogEntry log(Entry entry) {
    try {
      var promise = entry.inclusionPromise;
      var proof = entry.inclusionProof;
      return new LogEntry(
          Objects.requireNonNull(entry.canonicalizedBody),
          number(entry.integratedTime),
          number(entry.logIndex),
          HexFormat.of().formatHex(entry.logId.keyId),
          promise == null ? null : Objects.requireNonNull(promise.signedEntryTimestamp),
          proof == null ? null : proof.toProof());
    } catch (NullPointerException | NumberFormatException e) {
      throw new BadSignatureException("malformed log entry", e);
    }
  }

  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  private List<byte[]> timestamps() {
    var data = verificationMaterial.timestampVerificationData;
    var all = data == null ? null : data.rfc3161Timestamps;
    try {
      return all == null
          ? List.of()
          : all.stream().map(answer -> Objects.requireNonNull(answer.signedTimestamp)).toList();
    } catch (NullPointerException e) {
      throw new BadSignatureException("malformed timestamp", e);
    }
  }
}
