package dev.ocij.trust;

import dev.ocij.spec.OciException;

/// A signature, or the key behind it, does not hold. The sentence is the reason alone, so that
/// several can stand in one list.
public final class BadSignatureException extends OciException {
  public BadSignatureException(String reason) {
    super(Category.REJECTED, reason);
  }

  public BadSignatureException(String reason, Throwable cause) {
    super(Category.REJECTED, reason, cause);
  }
}
