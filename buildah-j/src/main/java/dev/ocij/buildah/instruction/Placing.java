package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How COPY and ADD place what they take, before expansion.
///
/// @param chown `USER[:GROUP]`
/// @param chmod as [Chmod] reads it
/// @param link whether the layer is to be independent of those below
/// @param excludes patterns of what is left out
public record Placing(
    @Nullable SourceText chown,
    @Nullable SourceText chmod,
    boolean link,
    List<SourceText> excludes) {
  static final Flags.Known FLAGS =
      Flags.NONE
          .with(Flags.Use.ONCE, "chown", "chmod")
          .with(Flags.Use.SWITCH, "link")
          .with(Flags.Use.REPEATED, "exclude");

  static Placing of(Flags flags) {
    var chmod = flags.text("chmod");
    if (chmod != null && Expansion.isConstant(chmod)) {
      Chmod.parse(chmod);
    }
    return new Placing(flags.text("chown"), chmod, flags.isOn("link"), flags.texts("exclude"));
  }
}
