package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Heredoc;
import dev.ocij.buildah.text.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Executes a command in a container; what it changes becomes a layer.
///
/// @param heredocs for the shell, or the command itself where nothing else stands on the line
public record Run(
    Written written,
    Command command,
    List<Heredoc> heredocs,
    List<MountFlag> mounts,
    Network network,
    Security security,
    List<Device> devices)
    implements Instruction {
  private static final Flags.Known FLAGS =
      Flags.NONE
          .with(Flags.Use.REPEATED, "mount", "device")
          .with(Flags.Use.ONCE, "network", "security");

  static Run parse(Statement statement) {
    var flags = FLAGS.check(statement);
    var text = statement.requiredAfterFlags("RUN [\"PROGRAM\"] or a line for the shell");
    return new Run(
        statement.written(),
        statement.heredocs().isEmpty() ? Command.parse(text) : new Command.Line(text.toString()),
        statement.heredocs(),
        flags.texts("mount").stream().map(MountFlag::parse).toList(),
        choice(flags.text("network"), "network", Network.DEFAULT),
        choice(flags.text("security"), "security", Security.SANDBOX),
        flags.texts("device").stream().map(Device::parse).toList());
  }

  private static <E extends Enum<E>> E choice(@Nullable SourceText text, String name, E otherwise) {
    return text == null ? otherwise : Choice.parse(text, name, otherwise.getDeclaringClass());
  }
}
