package dev.ocij.term;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// An option that is there to be used. Building it takes a tenth of a millisecond, which most
/// commands have more than a hundred of, so it is built where a line mentions it.
final class OptionOffer {
  private final List<String> names;
  private final UnaryOperator<OptionSpec.Builder> shape;
  private @Nullable OptionSpec built;

  OptionOffer(List<String> names, UnaryOperator<OptionSpec.Builder> shape) {
    this.names = names;
    this.shape = shape;
  }

  List<String> names() {
    return names;
  }

  /// Adds the option to the model of its command, once.
  void addTo(CommandSpec spec) {
    if (built == null) {
      built = shape.apply(OptionSpec.builder(names.toArray(String[]::new))).build();
      spec.addOption(built);
    }
  }

  /// What the line says; null where it says nothing.
  @Nullable Object value() {
    return built == null ? null : built.getValue();
  }
}
