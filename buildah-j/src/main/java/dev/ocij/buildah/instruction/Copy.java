package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import org.jspecify.annotations.Nullable;

/// Copies from the build context, another stage, an image or a named context.
///
/// @param from null for the build context
/// @param parents whether sources keep the directories that their paths name
public record Copy(
    Written written, Paths paths, Placing placing, @Nullable SourceText from, boolean parents)
    implements Instruction {
  private static final Flags.Known FLAGS =
      Placing.FLAGS.with(Flags.Use.ONCE, "from").with(Flags.Use.SWITCH, "parents");

  static Copy parse(Statement statement) {
    var flags = FLAGS.check(statement);
    return new Copy(
        statement.written(),
        Paths.parse(statement),
        Placing.of(flags),
        flags.text("from"),
        flags.isOn("parents"));
  }
}
