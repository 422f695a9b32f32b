package dev.ocij.buildah.context.cloud;

import org.jspecify.annotations.Nullable;

/// A key of Amazon Web Services.
///
/// @param token of a session; null for a key that lasts
record AwsCredentials(String id, String secret, @Nullable String token) {
  /// Without secrets.
  @Override
  public String toString() {
    return "AWS key " + id;
  }
}
