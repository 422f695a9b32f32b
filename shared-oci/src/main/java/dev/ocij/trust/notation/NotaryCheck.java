package dev.ocij.trust.notation;

import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.NotaryRules;
import dev.ocij.trust.Timestamp;
import dev.ocij.trust.TrustRoots;
import dev.ocij.trust.TrustedSigner;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Whom to believe, and at which time their certificate must have held: when a clock or a signing
/// authority says that it was used, or else now.
///
/// @param clocks without a root where no clock is believed
record NotaryCheck(
    TrustRoots roots,
    TrustRoots signingAuthorities,
    TrustRoots clocks,
    List<TrustedSubject> subjects,
    NotaryRules rules,
    Clock clock) {
  private static final List<String> REVOCATION = List.of("2.5.29.31", "1.3.6.1.5.5.7.1.1");

  static NotaryCheck of(TrustedSigner.Notary notary, Clock clock) {
    var rules = notary.rules();
    return new NotaryCheck(
        new TrustRoots(TrustRoots.certificates(notary.authorities().read()), List.of()),
        new TrustRoots(TrustRoots.certificates(rules.signingAuthorities().read()), List.of()),
        new TrustRoots(TrustRoots.certificates(rules.clocks().read()), List.of()),
        notary.identities().stream().map(TrustedSubject::parse).toList(),
        rules,
        clock);
  }

  /// @throws BadSignatureException where a rule counts and is not kept
  void requireTrusted(NotaryEnvelope envelope, X509Certificate leaf) {
    if (rules.expiry()) {
      envelope.requireCurrent(clock.instant());
    }
    var time = rules.time() ? time(envelope, leaf) : within(leaf, clock.instant());
    if (rules.authenticity()) {
      var chain = roots(envelope).chain(leaf, envelope.chain(), time);
      requireSubject(leaf);
      requireIrrevocable(chain);
    } else if (rules.time()) {
      requireHeld(leaf, time);
    }
  }

  private TrustRoots roots(NotaryEnvelope envelope) {
    return envelope.isByAuthority() ? signingAuthorities : roots;
  }

  private Instant time(NotaryEnvelope envelope, X509Certificate leaf) {
    var authentic = envelope.authenticTime();
    if (envelope.isByAuthority() && authentic != null) {
      return authentic;
    }
    var now = clock.instant();
    boolean over = now.isAfter(leaf.getNotAfter().toInstant());
    if (clocks.roots().isEmpty() || (rules.onlyExpired() && !over)) {
      return now;
    }
    var timestamp = envelope.timestamp();
    if (timestamp == null) {
      throw new BadSignatureException("Signature has no timestamp");
    }
    var read = Timestamp.parse(timestamp);
    requireIrrevocable(read.chainOf(envelope.signature(), clocks));
    return read.time();
  }

  /// The nearest time at which a certificate held.
  private static Instant within(X509Certificate leaf, Instant now) {
    var from = leaf.getNotBefore().toInstant();
    var until = leaf.getNotAfter().toInstant();
    return now.isBefore(from) ? from : now.isAfter(until) ? until : now;
  }

  private static void requireHeld(X509Certificate leaf, Instant time) {
    if (!within(leaf, time).equals(time)) {
      throw new BadSignatureException(
          "certificate of %s did not hold at %s".formatted(TrustRoots.name(leaf), time));
    }
  }

  private void requireSubject(X509Certificate leaf) {
    if (subjects.stream().noneMatch(subject -> subject.is(leaf))) {
      throw new BadSignatureException(
          "certificate of %s is of nobody trusted".formatted(TrustRoots.name(leaf)));
    }
  }

  /// A certificate that nobody can revoke holds; of others it cannot be found out here.
  private void requireIrrevocable(List<X509Certificate> chain) {
    for (var certificate : chain) {
      if (rules.revocation()
          && REVOCATION.stream().anyMatch(id -> certificate.getExtensionValue(id) != null)) {
        throw new BadSignatureException(
            "certificate of %s may be revoked: asking for it is not implemented yet"
                .formatted(TrustRoots.name(certificate)));
      }
    }
  }
}
