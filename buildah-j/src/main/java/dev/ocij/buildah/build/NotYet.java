package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.plan.Step;
import dev.ocij.buildah.text.ContainerfileException;

/// What is read and understood but not done yet: it ends the build, for nothing is passed over in
/// silence.
final class NotYet {
  private static final String HELP = "leave it out, or build this one with BuildKit or buildah";

  private NotYet() {}

  static void refuse(RunStep step) {
    refuse(step, !step.devices().isEmpty(), "--device");
    refuse(step, step.security() != Security.SANDBOX, "--security=insecure");
  }

  private static void refuse(Step step, boolean asked, String what) {
    if (asked) {
      throw new ContainerfileException(step.written().at(), what + " is not implemented yet", HELP);
    }
  }
}
