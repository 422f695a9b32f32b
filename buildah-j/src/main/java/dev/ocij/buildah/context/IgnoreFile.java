package dev.ocij.buildah.context;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a build context leaves out: the patterns of a `.dockerignore` or `.containerignore`. The
/// last one that matches a path, or a directory it is in, decides; one behind `!` takes back in.
///
/// @param name how messages call it; empty for none
public record IgnoreFile(String name, List<Rule> rules) {
  /// Leaves out nothing.
  public static final IgnoreFile NONE = new IgnoreFile("", List.of());

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /// One line.
  ///
  /// @param negated whether it takes back in
  record Rule(List<PathPattern> patterns, boolean negated) {
    private boolean matchesAround(List<String> path) {
      return patterns.stream().anyMatch(pattern -> pattern.matchesAround(path));
    }

    private boolean mayMatchBelow(List<String> directory) {
      return patterns.stream().anyMatch(pattern -> pattern.mayMatchBelow(directory));
    }
  }

  /// The ignore file that belongs to a Containerfile and a context, if there is one: beside the
  /// Containerfile with its name in front, else in the context.
  ///
  /// @param containerfile null where it is no file
  public static Optional<Path> find(@Nullable Path containerfile, Path context) {
    var inContext =
        Stream.of(context.resolve(".containerignore"), context.resolve(".dockerignore"));
    var beside =
        containerfile == null
            ? Stream.<Path>of()
            : Stream.of(".dockerignore", ".containerignore")
                .map(suffix -> containerfile.resolveSibling(containerfile.getFileName() + suffix));
    return Stream.concat(beside, inContext).filter(Files::isRegularFile).findFirst();
  }

  public static IgnoreFile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// @param name how messages call it
  public static IgnoreFile parse(String name, String text) {
    var lines = text.replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
    var rules = new ArrayList<Rule>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (!line.startsWith("#") && !line.isBlank()) {
        rules.add(rule(line.strip(), name + ":" + (i + 1)));
      }
    }
    return new IgnoreFile(name, List.copyOf(rules));
  }

  /// As [#parse], from patterns one by one, as `--exclude` gives them.
  public static IgnoreFile of(String name, List<String> patterns) {
    return new IgnoreFile(name, patterns.stream().map(line -> rule(line, name)).toList());
  }

  /// This, and what others leave out in any case; messages call it as before.
  IgnoreFile with(IgnoreFile others) {
    return new IgnoreFile(
        name.isEmpty() ? others.name : name,
        Stream.concat(rules.stream(), others.rules.stream()).toList());
  }

  /// Whether this path is left out; relative to the context, links not followed.
  public boolean ignores(String path) {
    return ignores(PathPattern.split(path));
  }

  /// Whether this path is left out, and nothing below it can be taken back in.
  public boolean ignoresAllOf(String path) {
    var components = PathPattern.split(path);
    return ignores(components)
        && rules.stream().filter(Rule::negated).noneMatch(rule -> rule.mayMatchBelow(components));
  }

  private boolean ignores(List<String> path) {
    for (var rule : rules.reversed()) {
      if (rule.matchesAround(path)) {
        return !rule.negated();
      }
    }
    return false;
  }

  private static Rule rule(String line, String place) {
    boolean negated = line.startsWith("!");
    var text = negated ? line.substring(1).strip() : line;
    if (text.isEmpty()) {
      throw invalid(place, line, "add a pattern behind the '!'");
    }
    return PathPattern.parseIgnored(text)
        .map(patterns -> new Rule(patterns, negated))
        .orElseThrow(() ->
            invalid(
                place,
                line,
                "close its brackets, end it with no backslash, and put most ** between slashes"));
  }

  private static OciException invalid(String place, String line, String help) {
    return new OciException(
        OciException.Category.INVALID,
        "%s: invalid pattern %s; %s".formatted(place, Quoted.of(line), help));
  }
}
