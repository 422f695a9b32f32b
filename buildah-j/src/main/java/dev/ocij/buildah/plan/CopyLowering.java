package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.AbsolutePath;
import dev.ocij.buildah.instruction.Add;
import dev.ocij.buildah.instruction.Chmod;
import dev.ocij.buildah.instruction.Copy;
import dev.ocij.buildah.instruction.Paths;
import dev.ocij.buildah.instruction.Placing;
import dev.ocij.buildah.instruction.Written;
import dev.ocij.buildah.plan.CopyStep.Adding;
import dev.ocij.buildah.plan.CopyStep.Destination;
import dev.ocij.buildah.plan.CopyStep.Document;
import dev.ocij.buildah.plan.CopyStep.Sources;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.Heredoc;
import dev.ocij.buildah.text.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The instructions that put files into the image.
record CopyLowering(StageGraph graph, Stage stage, StageState state) {
  private static final Pattern URL = Pattern.compile("(?:https?|git|ssh)://.*|git@[^/]+:.*");

  Step lower(Copy copy) {
    var sources = sources(copy.written(), copy.paths(), copy.placing());
    for (var pattern : sources.patterns()) {
      if (URL.matcher(pattern).matches()) {
        throw copy.written().error("COPY of a URL", "ADD fetches one");
      }
    }
    var from =
        copy.from() == null ? sources : sources.withOrigin(origin(copy.from(), copy.written()));
    var all = copy.parents() ? from.withParents() : from;
    return step("COPY", copy.written(), all, copy.paths(), copy.placing(), Adding.NOTHING);
  }

  Step lower(Add add) {
    var sources = sources(add.written(), add.paths(), add.placing());
    var checksum = expanded(add.checksum(), expansion(add.written()));
    var adding = new Adding(unpack(add.unpack()), checksum, add.keepGitDir());
    return step("ADD", add.written(), sources, add.paths(), add.placing(), adding);
  }

  private Step step(
      String keyword,
      Written written,
      Sources sources,
      Paths paths,
      Placing placing,
      Adding adding) {
    var expansion = expansion(written);
    var destination = destination(expansion.word(paths.destination()), paths);
    var chown = expanded(placing.chown(), expansion);
    var chmod = chmod(placing.chmod(), expansion);
    var identity =
        Identity.of(
            keyword,
            Arrays.asList(
                sources.origin().toString(),
                sources.patterns(),
                sources.documents().stream().map(CopyLowering::parts).toList(),
                sources.excludes(),
                sources.parents(),
                destination.path(),
                destination.directory(),
                chown,
                chmod == null ? null : chmod.text(),
                placing.link(),
                parts(adding)));
    return new CopyStep(
        written, identity, state, sources, destination, chown, chmod, placing.link(), adding);
  }

  private static List<String> parts(CopyStep.Document document) {
    return List.of(document.name(), document.content());
  }

  private static List<?> parts(Adding adding) {
    return Arrays.asList(adding.unpack(), adding.checksum(), adding.keepGitDir());
  }

  private Sources sources(Written written, Paths paths, Placing placing) {
    var expansion = expansion(written);
    return new Sources(
        new Origin.BuildContext(),
        words(paths.sources(), expansion),
        paths.heredocs().stream().map(each -> document(each, expansion)).toList(),
        words(placing.excludes(), expansion),
        false);
  }

  private Origin origin(SourceText from, Written written) {
    return graph.from(expansion(written).word(from), stage, from);
  }

  private Destination destination(String text, Paths paths) {
    if (text.isEmpty()) {
      throw paths.destination().error("the destination is empty", "write / for the root");
    }
    var last = text.substring(text.lastIndexOf('/') + 1);
    boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
    return new Destination(text, AbsolutePath.of(state.directory(), text), directory);
  }

  private static @Nullable Chmod chmod(@Nullable SourceText text, Expansion expansion) {
    return text == null ? null : Chmod.parse(text.meaning(expansion.word(text)));
  }

  private static Document document(Heredoc heredoc, Expansion expansion) {
    var content = heredoc.content();
    return new Document(
        heredoc.name(), heredoc.expands() ? expansion.document(content) : content.toString());
  }

  private static Unpack unpack(@Nullable Boolean choice) {
    if (choice == null) {
      return Unpack.LOCAL;
    }
    return choice ? Unpack.ALL : Unpack.NONE;
  }

  private static List<String> words(List<SourceText> texts, Expansion expansion) {
    return texts.stream().map(expansion::word).toList();
  }

  private static @Nullable String expanded(@Nullable SourceText text, Expansion expansion) {
    return text == null ? null : expansion.word(text);
  }

  private Expansion expansion(Written written) {
    return new Expansion(written.escape(), state.variables());
  }
}
