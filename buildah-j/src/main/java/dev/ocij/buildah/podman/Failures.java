package dev.ocij.buildah.podman;

import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What went wrong in a command that goes on with the next name: one sentence, or a list of them.
public final class Failures {
  private final List<OciException> all = new ArrayList<>();

  public void add(OciException failure) {
    all.add(failure);
  }

  public List<OciException> all() {
    return List.copyOf(all);
  }

  /// What is told of them; there must be at least one.
  public String sentence() {
    return all.size() == 1
        ? all.getFirst().sentence()
        : all.stream()
            .map(failure -> "\n\t* " + failure.sentence())
            .collect(Collectors.joining("", all.size() + " errors occurred:", ""));
  }
}
