package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import org.jspecify.annotations.Nullable;

/// Copies from the build context, and from where URLs lead; unpacks archives.
///
/// @param checksum the digest that a download must have
/// @param keepGitDir whether a Git repository keeps its `.git`
/// @param unpack whether archives are unpacked; null for the default: local ones only
public record Add(
    Written written,
    Paths paths,
    Placing placing,
    @Nullable SourceText checksum,
    boolean keepGitDir,
    @Nullable Boolean unpack)
    implements Instruction {
  private static final Flags.Known FLAGS =
      Placing.FLAGS
          .with(Flags.Use.ONCE, "checksum")
          .with(Flags.Use.SWITCH, "keep-git-dir", "unpack");

  static Add parse(Statement statement) {
    var flags = FLAGS.check(statement);
    return new Add(
        statement.written(),
        Paths.parse(statement),
        Placing.of(flags),
        flags.text("checksum"),
        flags.isOn("keep-git-dir"),
        flags.choice("unpack"));
  }
}
