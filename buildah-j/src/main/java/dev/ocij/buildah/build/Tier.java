package dev.ocij.buildah.build;

import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.rootless.Confinement;
import dev.ocij.runtime.rootless.Isolation;
import java.util.List;

/// What a build asks of the machine.
///
/// @param number 0: nothing; 1: a user namespace with one id; 2: many ids
/// @param reason why it is this one, with what would help to the next
public record Tier(int number, String reason) {
  static final Tier NOTHING_RUNS = new Tier(0, "nothing runs, so the machine is asked for nothing");

  /// The one in which this machine can do RUN.
  static Tier of(Isolation isolation, IdMap ids) {
    if (isolation.confinement() == Confinement.NONE) {
      return new Tier(
          0, because("RUN is not possible, unless an earlier build did it", isolation.obstacles()));
    }
    var own =
        isolation.confinement() == Confinement.CHROOT ? "a root directory alone" : "namespaces";
    boolean many = ids.size() > 1;
    var has = "RUN has %s, with %s".formatted(own, many ? "many user ids" : "one user id");
    return new Tier(many ? 2 : 1, because(has, isolation.obstacles()));
  }

  private static String because(String how, List<String> obstacles) {
    return obstacles.isEmpty() ? how : how + ": " + String.join("; ", obstacles);
  }

  @Override
  public String toString() {
    return "Tier " + number + ": " + reason;
  }
}
