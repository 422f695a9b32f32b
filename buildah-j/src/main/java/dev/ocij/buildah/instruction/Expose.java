package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import java.util.List;

/// Names ports that containers listen on.
///
/// @param ports `80`, `80/udp` or `8000-8010`, before expansion; one may expand to several
public record Expose(Written written, List<SourceText> ports) implements Instruction {
  static Expose parse(Statement statement) {
    return new Expose(statement.written(), statement.required("EXPOSE PORT[/PROTOCOL]").words());
  }
}
