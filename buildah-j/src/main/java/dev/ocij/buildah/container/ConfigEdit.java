package dev.ocij.buildah.container;

import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.ImageConfig;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One change of what a working container would become, as `config` asks for it.
///
/// @param step the text for the history; null where none tells of it
public record ConfigEdit(UnaryOperator<WorkingContainer> change, @Nullable String step) {
  private static final String NOP = "/bin/sh -c #(nop) ";

  /// A change of how containers of the image are started, told as an instruction.
  static ConfigEdit ofContainers(Consumer<ContainerConfig.Draft> change, String step) {
    return new ConfigEdit(ofContainers(change).change(), NOP + step);
  }

  /// As [#ofContainers(Consumer, String)], of which nothing tells.
  static ConfigEdit ofContainers(Consumer<ContainerConfig.Draft> change) {
    return ofImage(config -> config.withConfig(config.config().with(change)));
  }

  /// These changes as one, told as one instruction; nothing where there is none.
  ///
  /// @param step the keyword and the texts of all of them
  public static Stream<ConfigEdit> together(List<ConfigEdit> edits, String step) {
    UnaryOperator<WorkingContainer> all =
        container -> {
          var changed = container;
          for (var edit : edits) {
            changed = edit.change().apply(changed);
          }
          return changed;
        };
    return edits.isEmpty() ? Stream.of() : Stream.of(new ConfigEdit(all, NOP + step));
  }

  /// A change of what the image says of itself.
  static ConfigEdit ofImage(UnaryOperator<ImageConfig> change) {
    return of(draft -> draft.config = change.apply(draft.config));
  }

  static ConfigEdit of(Consumer<WorkingContainer.Draft> change) {
    return new ConfigEdit(container -> container.with(change), null);
  }
}
