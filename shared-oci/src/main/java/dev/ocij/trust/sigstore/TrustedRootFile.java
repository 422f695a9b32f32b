package dev.ocij.trust.sigstore;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.TrustRoots;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON form of a trusted root, as sigstore's protobuf specifications have it.
record TrustedRootFile(
    String mediaType,
    @Nullable List<Log> tlogs,
    @Nullable List<Authority> certificateAuthorities,
    @Nullable List<Log> ctlogs,
    @Nullable List<Authority> timestampAuthorities) {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot";

  record Log(Key publicKey) {}

  record Key(byte[] rawBytes, @Nullable String keyDetails, @Nullable Window validFor) {}

  record Window(@Nullable Instant start, @Nullable Instant end) {}

  record Authority(Chain certChain, @Nullable Window validFor) {}

  record Chain(List<Certificate> certificates) {}

  record Certificate(byte[] rawBytes) {}

  /// @throws OciException of category `INVALID` where it is none
  static TrustedRoot read(byte[] json) {
    var file = Json.read(json, TrustedRootFile.class, "trusted root");
    if (file.mediaType == null || !file.mediaType.startsWith(MEDIA_TYPE)) {
      throw invalid("its media type is not " + MEDIA_TYPE);
    }
    try {
      return new TrustedRoot(
          authorities(file.certificateAuthorities),
          keys(file.tlogs),
          keys(file.ctlogs),
          authorities(file.timestampAuthorities));
    } catch (NullPointerException e) {
      throw new OciException(
          OciException.Category.INVALID, "read trusted root: something in it is missing", e);
    }
  }

  /// A log with a key of a kind that does not sign here counts for nothing; the others count.
  private static List<LogKey> keys(@Nullable List<Log> logs) {
    var keys = new ArrayList<LogKey>();
    for (var log : logs == null ? List.<Log>of() : logs) {
      var key = key(log.publicKey.rawBytes);
      if (key != null) {
        keys.add(new LogKey(key, validity(log.publicKey.validFor)));
      }
    }
    return keys;
  }

  private static @Nullable PublicKey key(byte[] der) {
    try {
      return KeyAlgorithm.publicKey(der);
    } catch (OciException _) {
      return null;
    }
  }

  private static List<TrustedRoot.Authority> authorities(@Nullable List<Authority> all) {
    return (all == null ? List.<Authority>of() : all)
        .stream()
            .map(authority ->
                new TrustedRoot.Authority(roots(authority.certChain), validity(authority.validFor)))
            .toList();
  }

  /// The chain ends with its root; what is before that stands in between.
  private static TrustRoots roots(Chain chain) {
    List<X509Certificate> all =
        TrustRoots.certificates(chain.certificates.stream().map(Certificate::rawBytes).toList());
    if (all.isEmpty()) {
      throw invalid("an authority has no certificate");
    }
    return new TrustRoots(List.of(all.getLast()), all.subList(0, all.size() - 1));
  }

  private static Validity validity(@Nullable Window window) {
    return window == null ? Validity.ALWAYS : new Validity(window.start, window.end);
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.INVALID, "read trusted root: " + found);
  }
}
