package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Device;
import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.runtime.cdi.DeviceEdits;
import dev.ocij.runtime.cdi.DeviceName;
import dev.ocij.runtime.cdi.DeviceSpecs;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;

/// What a RUN asks for beyond its container: it gets that or an error, for nothing is passed over
/// in silence.
record Grants(RunSettings settings, DeviceSpecs specs) {
  Grants(RunSettings settings) {
    this(settings, DeviceSpecs.USUAL);
  }

  /// @throws dev.ocij.buildah.text.ContainerfileException where it does not get what it needs
  void check(RunStep step) {
    if (step.security() == Security.INSECURE && !settings.granted().insecure()) {
      throw step.written()
          .error("RUN --security=insecure is not granted", "build with --allow security.insecure");
    }
    for (var device : step.devices()) {
      check(device, step);
    }
  }

  /// One that is not required may be missing; one that is here is not taken without a word.
  private void check(Device device, RunStep step) {
    var name = device.name();
    try {
      var wanted = DeviceName.parse(name);
      if (device.required()) {
        specs.require(wanted);
      }
      if (specs.find(wanted).isPresent() && !settings.granted().hasDevice(name)) {
        throw step.written()
            .error(
                "RUN --device=%s is not granted".formatted(Quoted.escape(name)),
                "build with --allow device=" + Quoted.escape(name));
      }
    } catch (ContainerfileException e) {
      throw e;
    } catch (OciException e) {
      throw step.written()
          .error("RUN --device=%s: %s".formatted(Quoted.escape(name), e.sentence()), "");
    }
  }

  /// What a container gets for the devices of its step.
  List<DeviceEdits> devices(RunStep step) {
    return step.devices().stream()
        .flatMap(device -> specs.find(DeviceName.parse(device.name())).stream())
        .toList();
  }
}
