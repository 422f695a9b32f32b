package dev.ocij.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test needs from the machine.
public final class Require {

  private Require() {}

  /// Skips the running test with the sentence `otherwise` unless `condition` holds; where the
  /// environment has OCIJ_REQUIRE_TOOLS=1, as in CI, fails it instead.
  public static void that(boolean condition, String otherwise) {
    if (condition) {
      return;
    }
    if ("1".equals(System.getenv("OCIJ_REQUIRE_TOOLS"))) {
      Assertions.fail(otherwise);
    }
    Assumptions.abort(otherwise);
  }

  public static void root() {
    that(isRoot(), "this test needs root");
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
