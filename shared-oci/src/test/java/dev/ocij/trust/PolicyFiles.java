package dev.ocij.trust;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Policies for tests of formats.
public final class PolicyFiles {
  private PolicyFiles() {}

  /// The policy that makes one demand of every image.
  public static PolicyFile of(String requirement, SignatureFormat<?>... formats) {
    var json = "{\"default\":[%s]}".formatted(requirement);
    return PolicyFile.parse(json.getBytes(StandardCharsets.UTF_8), List.of(formats));
  }
}
