package dev.ocij.transport.registry.auth;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.time.Duration;
import java.time.Instant;

/// A token for one set of scopes.
///
/// @param fresh until when it is used; some time before it expires
record Token(String secret, Instant fresh) {
  private static final long SHORTEST = 60;
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /// Reads a token server's answer.
  static Token read(byte[] answer, Instant asked) {
    var root = Json.readTree(answer, "token");
    var secret = root.path("token").asText(root.path("access_token").asText(""));
    if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new OciException(
          OciException.Category.INVALID, "read token: the answer of the token server has none");
    }
    long seconds = Math.max(SHORTEST, root.path("expires_in").asLong(SHORTEST));
    return new Token(secret, asked.plusSeconds(seconds).minus(MARGIN));
  }

  boolean isFresh(Instant now) {
    return now.isBefore(fresh);
  }
}
