package dev.ocij.runtime.rootless;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The descriptors that who started this program left open for it. The launcher lists them: once
/// the virtual machine runs, its own files are among them.
public final class InheritedDescriptors {
  private static final int FIRST = 3;

  private final Set<String> open;

  /// @param environment with the launcher's list
  public InheritedDescriptors(Environment environment) {
    var list = environment.variable("_OCIJ_DESCRIPTORS").orElse("").strip();
    open = new HashSet<>(List.of(list.split(" ")));
  }

  /// @param option that asks for them, for the message
  /// @param count of those that are wanted, from 3 on
  /// @return their numbers
  /// @throws OciException of category `USAGE` where one of them is not there
  public List<Integer> first(String option, int count) {
    return these(option, IntStream.range(FIRST, FIRST + Math.max(0, count)).boxed().toList());
  }

  /// @param option that asks for them, for the message
  /// @return the same, without the standard streams, which a command has anyway
  /// @throws OciException of category `USAGE` where one of them is not there
  public List<Integer> these(String option, List<Integer> numbers) {
    for (int number : numbers) {
      if (!open.contains(Integer.toString(number))) {
        throw new OciException(
            OciException.Category.USAGE,
            "file descriptor %d is not available - the %s option requires that file descriptors must be passed"
                .formatted(number, option));
      }
    }
    return numbers.stream().filter(number -> number >= FIRST).toList();
  }
}
