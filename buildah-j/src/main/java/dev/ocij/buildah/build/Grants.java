package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Device;
import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.spec.Quoted;

/// What a RUN asks for beyond its container: it gets that or an error, for nothing is passed over
/// in silence.
record Grants(RunSettings settings) {

  /// @throws dev.ocij.buildah.text.ContainerfileException where it does not get what it needs
  void check(RunStep step) {
    if (step.security() == Security.INSECURE && !settings.insecure()) {
      throw step.written()
          .error("RUN --security=insecure is not granted", "build with --allow security.insecure");
    }
    for (var device : step.devices()) {
      refuse(device, step);
    }
  }

  /// There are no devices of the Container Device Interface here; one that is not required may be
  /// missing.
  private static void refuse(Device device, RunStep step) {
    if (device.required()) {
      throw step.written()
          .error(
              "RUN --device=%s: devices of the Container Device Interface are not implemented yet"
                  .formatted(Quoted.escape(device.name())),
              "lend the device with the option --device of the build");
    }
  }
}
