package dev.ocij.transport.registry.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What proves who we are. None of them prints its secret.
public sealed interface Credential {
  /// Nobody in particular.
  record Anonymous() implements Credential {}

  record Password(String user, String secret) implements Credential {
    /// The value of an `Authorization` header: RFC 7617, in UTF-8.
    String basic() {
      var pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /// A token that is exchanged for others at the token server (`identitytoken` of auth.json).
  record IdentityToken(String secret) implements Credential {
    @Override
    public String toString() {
      return "identity token";
    }
  }

  /// A token that goes to the registry as it is.
  record RegistryToken(String secret) implements Credential {
    @Override
    public String toString() {
      return "registry token";
    }
  }
}
