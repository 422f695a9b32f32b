package dev.ocij.transport.registry.auth;

import dev.ocij.http.Unreachable;
import java.io.IOException;

/// What a request needs in its repository.
public enum Access {
  PULL("pull"),
  PUSH("pull,push"),
  DELETE("*");

  private static final ScopedValue<Access> CURRENT = ScopedValue.newInstance();

  private final String actions;

  Access(String actions) {
    this.actions = actions;
  }

  /// Makes requests that need this, on this thread.
  public <T> T during(Unreachable.Exchange<T> requests) throws IOException {
    return ScopedValue.where(CURRENT, this).call(requests::run);
  }

  /// What the request needs that is on its way on this thread; to read, where nobody said.
  static Access current() {
    return CURRENT.orElse(PULL);
  }

  /// The scope of a token that allows this.
  String scope(String repository) {
    return "repository:%s:%s".formatted(repository, actions);
  }
}
