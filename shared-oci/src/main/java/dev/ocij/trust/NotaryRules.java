package dev.ocij.trust;

/// What of the Notary Project's checks counts beside the signature itself; what does not is not
/// looked at.
///
/// @param authenticity whether the certificate must be of an authority and a name that are trusted
/// @param time whether the certificate must have held when it was used
/// @param expiry whether the signature must not be over
/// @param revocation whether certificates must not be revoked, which cannot be found out here
/// @param clocks authorities whose timestamps are believed
/// @param onlyExpired whether a timestamp is looked at only where the certificate is over
/// @param signingAuthorities whose word for the time of signing counts
public record NotaryRules(
    boolean authenticity,
    boolean time,
    boolean expiry,
    boolean revocation,
    KeySource clocks,
    boolean onlyExpired,
    KeySource signingAuthorities) {
  /// Everything but revocation, without clocks.
  public static final NotaryRules NOW =
      new NotaryRules(true, true, true, false, KeySource.NONE, false, KeySource.NONE);
}
