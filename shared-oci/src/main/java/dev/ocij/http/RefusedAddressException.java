package dev.ocij.http;

import java.io.IOException;

/// A server sent us where no registry has business to send anybody; nothing was asked there.
public final class RefusedAddressException extends IOException {
  public RefusedAddressException(String sentence) {
    super(sentence);
  }
}
