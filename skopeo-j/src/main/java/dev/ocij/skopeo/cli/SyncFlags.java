package dev.ocij.skopeo.cli;

import dev.ocij.skopeo.sync.SyncNames;
import dev.ocij.skopeo.sync.TagFilter;
import dev.ocij.skopeo.sync.TagPattern;
import dev.ocij.spec.OciException;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// From where to where `sync` copies, and how it names what it writes.
final class SyncFlags {
  final Supplier<String> from;
  private final Supplier<String> to;
  private final Supplier<Optional<String>> sourceTransport;
  private final Supplier<Optional<String>> destinationTransport;
  private final BooleanSupplier scoped;
  private final Supplier<Optional<String>> suffix;
  private final Supplier<Optional<TagPattern>> excluded;
  private final Supplier<Optional<Integer>> latest;

  SyncFlags(Options options) {
    from = options.argument("SOURCE", "a repository, a directory, or a YAML file");
    to = options.argument("DESTINATION", "a registry with a namespace, or a directory");
    sourceTransport = options.text("-s, --src", "docker|dir|yaml", "what SOURCE is");
    destinationTransport = options.text("-d, --dest", "docker|dir", "what DESTINATION is");
    scoped = options.flag("--scoped", "keep the whole name of each source");
    suffix = options.text("--append-suffix", "TEXT", "add this to the tags that are written");
    excluded =
        options.value(
            "--exclude-regex",
            "PATTERN",
            TagPattern.class,
            TagPattern::parse,
            "leave out listed tags in which this is found");
    latest = options.count("--latest", "of listed tags only the N newest versions");
  }

  void check() {
    var source = source();
    if (destination().equals("dir") && source.equals("dir")) {
      throw usage("sync from 'dir' to 'dir' not implemented, consider using rsync instead");
    }
  }

  String source() {
    return among(sourceTransport, "source", List.of("docker", "dir", "yaml"));
  }

  SyncNames names() {
    return new SyncNames(destination(), to.get(), scoped.getAsBoolean(), suffix());
  }

  String suffix() {
    return suffix.get().orElse("");
  }

  TagFilter filter() {
    return new TagFilter(
        excluded.get().map(TagPattern::asPredicate).orElse(_ -> false), latest.get());
  }

  String destination() {
    return among(destinationTransport, "destination", List.of("docker", "dir"));
  }

  private static String among(Supplier<Optional<String>> given, String which, List<String> known) {
    var transport =
        given.get().orElseThrow(() -> usage("A %s transport must be specified".formatted(which)));
    if (!known.contains(transport)) {
      throw usage("\"%s\" is not a valid %s transport".formatted(transport, which));
    }
    return transport;
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
