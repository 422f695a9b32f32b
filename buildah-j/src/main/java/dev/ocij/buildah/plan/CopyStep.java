package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Chmod;
import dev.ocij.buildah.instruction.Written;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts files into the image: COPY and ADD.
///
/// @param chown `USER[:GROUP]`; null for root, or the owner in another stage
/// @param chmod null to keep the modes of the sources
/// @param link whether the layer is independent of those below
/// @param adding what only ADD does
public record CopyStep(
    Written written,
    String identity,
    StageState after,
    Sources sources,
    Destination destination,
    @Nullable String chown,
    @Nullable Chmod chmod,
    boolean link,
    Adding adding)
    implements Step {

  /// What is taken.
  ///
  /// @param patterns paths with wildcards, relative to the root of `origin`; for ADD also URLs
  /// @param documents files that stand in the Containerfile itself
  /// @param excludes patterns of what is left out
  /// @param parents whether sources keep the directories that their paths name
  public record Sources(
      Origin origin,
      List<String> patterns,
      List<Document> documents,
      List<String> excludes,
      boolean parents) {
    Sources withOrigin(Origin changed) {
      return new Sources(changed, patterns, documents, excludes, parents);
    }

    Sources withParents() {
      return new Sources(origin, patterns, documents, excludes, true);
    }

    /// How many sources are named; several need a directory to go to.
    public int size() {
      return patterns.size() + documents.size();
    }
  }

  /// A file that stands in the Containerfile.
  public record Document(String name, String content) {}

  /// Where the sources go.
  ///
  /// @param text as written, after expansion
  /// @param path absolute, without a slash at its end
  /// @param directory whether the text says that it is a directory, as a slash at its end does
  public record Destination(String text, String path, boolean directory) {}

  /// What only ADD does.
  ///
  /// @param checksum the digest that a download must have; null for any
  public record Adding(Unpack unpack, @Nullable String checksum, boolean keepGitDir) {
    public static final Adding NOTHING = new Adding(Unpack.NONE, null, false);
  }

  /// The text for the history.
  ///
  /// @param contents what was copied: `file:`, `dir:` or `multi:` and a digest in hexadecimal
  public String createdBy(String contents) {
    var keyword = written.line().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    return "/bin/sh -c #(nop) %s %s in %s ".formatted(keyword, contents, destination.text());
  }
}
