package dev.ocij.buildah.container;

import dev.ocij.buildah.build.CopyExecution;
import dev.ocij.buildah.build.CopySources;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.instruction.AbsolutePath;
import dev.ocij.buildah.instruction.Chmod;
import dev.ocij.buildah.instruction.Written;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.CopyStep;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.buildah.plan.Unpack;
import dev.ocij.buildah.text.Position;
import dev.ocij.buildah.text.SourceFile;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Puts files into a working container, as the instructions of the same names do in a build.
///
/// @param keyword `COPY` or `ADD`
/// @param tree where the sources are
/// @param downloads what is fetched from elsewhere
/// @param sources as they were given, relative to the tree
/// @param destination empty for the working directory
/// @param chmod null to keep the modes of the sources
/// @param time of all that is put there; null for those of the sources
/// @param remembered whether the history tells of it
public record ContentCopy(
    String keyword,
    CopySource tree,
    Downloads downloads,
    List<String> sources,
    String destination,
    @Nullable String chown,
    @Nullable String chmod,
    List<String> excludes,
    boolean parents,
    boolean link,
    @Nullable String checksum,
    @Nullable Instant time,
    boolean remembered) {
  /// Copies.
  ///
  /// @return what was copied, as one digest
  public Digest into(OpenContainer container) throws IOException {
    try {
      return copy(container);
    } catch (OciException e) {
      throw e.during("adding content to container \"%s\"".formatted(container.state().name()));
    }
  }

  private Digest copy(OpenContainer container) throws IOException {
    var layers = new StageLayers(container.images().blobs());
    var changing = Changing.of(container, layers);
    var step = step(container.state());
    var execution = CopyExecution.of(step, layers, new CopySources(step, _ -> tree, downloads));
    requireSome(execution);
    var content = execution.content();
    var now = Instant.now();
    var additions = execution.additions(layers.tree(changing.below()), now);
    if (!additions.isEmpty()) {
      changing.add(layers.write(layer -> additions.write(layer, stamp())));
    }
    if (remembered) {
      var text = execution.createdBy(content).replaceFirst(" in .*$", "");
      container.write(container.state().withStep(text, now));
    }
    return content;
  }

  /// In a build a pattern may match nothing; who asks for one copy wants it.
  private void requireSome(CopyExecution execution) {
    if (execution.takesNothing()) {
      throw new OciException(
          OciException.Category.USAGE,
          "%s %s: no such file or directory".formatted(keyword, String.join(" ", sources)));
    }
  }

  private UnaryOperator<Entry> stamp() {
    var at = time;
    return at == null
        ? entry -> entry
        : entry -> entry.withAttributes(entry.attributes().withMtime(at));
  }

  private CopyStep step(WorkingContainer container) {
    var state = StageState.from(container.config());
    return new CopyStep(
        written(),
        "",
        state,
        new CopyStep.Sources(
            // Whoever owned it where it comes from, here it is root's.
            new Origin.BuildContext(), sources, List.of(), excludes, parents),
        destination(state.directory()),
        chown,
        mode(),
        link,
        keyword.equals("ADD")
            ? new CopyStep.Adding(Unpack.LOCAL, checksum, false)
            : CopyStep.Adding.NOTHING);
  }

  private CopyStep.Destination destination(String directory) {
    boolean into = destination.isEmpty() || destination.matches("(.*/)?\\.{0,2}");
    return new CopyStep.Destination(destination, AbsolutePath.of(directory, destination), into);
  }

  private @Nullable Chmod mode() {
    return chmod == null
        ? null
        : Chmod.parse(SourceText.of(new SourceFile("--chmod", chmod), 0, chmod.length()));
  }

  /// The command as an instruction, for messages and the history.
  private Written written() {
    var line = keyword + " " + String.join(" ", sources) + " " + destination;
    var file = new SourceFile(keyword.toLowerCase(java.util.Locale.ROOT), line);
    return new Written(new Position(file, 0), line, line, '\\');
  }
}
