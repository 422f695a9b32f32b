package dev.ocij.buildah.build;

import java.util.Set;

/// What the caller lets RUN have where its instruction asks for it.
///
/// @param insecure whether `RUN --security=insecure` is granted
/// @param anyDevice whether all devices are that this machine describes
/// @param devices names of those that are, as `RUN --device` has them
public record Granted(boolean insecure, boolean anyDevice, Set<String> devices) {
  public static final Granted NOTHING = new Granted(false, false, Set.of());

  public Granted {
    devices = Set.copyOf(devices);
  }

  boolean hasDevice(String name) {
    return anyDevice || devices.contains(name);
  }
}
