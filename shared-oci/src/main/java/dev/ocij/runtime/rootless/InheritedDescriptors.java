package dev.ocij.runtime.rootless;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The descriptors beside the standard streams that who started this process left open for it.
public final class InheritedDescriptors {
  private static final int FIRST = 3;
  private static final Path OWN = Path.of("/proc/self/fd");

  private InheritedDescriptors() {}

  /// @param count of those that are wanted, from 3 on
  /// @return their numbers
  /// @throws OciException of category `USAGE` where one of them is not there
  public static List<Integer> first(int count) {
    var numbers = IntStream.range(FIRST, FIRST + Math.max(0, count)).boxed().toList();
    for (int number : numbers) {
      if (!isInherited(number)) {
        throw new OciException(
            OciException.Category.USAGE,
            "file descriptor %d is not available - the preserve-fds option requires that file descriptors must be passed"
                .formatted(number));
      }
    }
    return numbers;
  }

  /// The first file that a virtual machine opens for good is that of its classes, at the lowest
  /// number that is free: none before it is its own.
  private static boolean isInherited(int number) {
    try {
      var file = Files.readSymbolicLink(OWN.resolve(Integer.toString(number)));
      var classes = Path.of(System.getProperty("java.home"), "lib", "modules");
      return !Files.exists(classes) || !file.equals(classes.toRealPath());
    } catch (IOException _) {
      return false;
    }
  }
}
