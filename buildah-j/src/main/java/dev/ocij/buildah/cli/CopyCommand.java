package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.container.ContentCopy;
import dev.ocij.buildah.container.OtherTree;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.buildah.context.BuildContext;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.spec.Digest;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `copy CONTAINER SOURCE… [DESTINATION]`, and `add`, which unpacks archives.
public final class CopyCommand implements Command {
  private static final Path ROOT = Path.of("/");

  private final String keyword;
  private final Options options =
      Options.of(this, "Put files into a working container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 1, "then sources, and the destination");
  private final Supplier<Optional<String>> chown =
      options.text("--chown", "USER[:GROUP]", "who owns what is put there");
  private final Supplier<Optional<String>> chmod =
      options.text("--chmod", "MODE", "the permissions of what is put there");
  private final Supplier<Optional<String>> from =
      options.text("--from", "NAME", "copy from this container or image");
  private final Supplier<List<String>> excludes =
      options.texts("--exclude", "PATTERN", "leave these out");
  private final BooleanSupplier parents =
      options.flag("--parents", "keep the directories that sources name");
  private final BooleanSupplier link =
      options.flag("--link", "accepted; layers of a container are one in the end");
  private final Supplier<Optional<String>> checksum =
      options.text("--checksum", "DIGEST", "what a download must have");
  private final Supplier<Optional<String>> contextDir =
      options.text("--contextdir", "DIR", "where sources are, and nothing else");
  private final Supplier<Optional<String>> ignoreFile =
      options.text("--ignorefile", "PATH", "what of --contextdir is left out");
  private final Supplier<Optional<String>> timestamp =
      options.text("--timestamp", "SECONDS", "the time of all that is put there");
  private final HistoryFlag history = new HistoryFlag(options);
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print no digest");
  private final Toolbox tools;

  /// @param keyword `COPY` or `ADD`
  public CopyCommand(String keyword, StoreFlags store) {
    this.keyword = keyword;
    this.tools = new Toolbox(options, store);
    RetryFlags.accept(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = OrderedArguments.of(words.get());
    if (given.size() < 2) {
      throw OrderedArguments.usage("src must be specified");
    }
    var sources = given.subList(1, Math.max(2, given.size() - 1));
    var destination = given.size() > 2 ? given.getLast() : "";
    var containers = new WorkingContainers(tools.store());
    containers.find(given.getFirst());
    try (var images = tools.baseImages();
        var downloads =
            new Downloads(new WebFiles(tools.registryOptions()), tools.store().containers());
        var _ = tools.store().images().use()) {
      // What is copied from is let go before, for it may be the same container.
      var digest =
          into(containers, given.getFirst(), copy(images, downloads, sources, destination));
      if (!quiet.getAsBoolean()) {
        options.out().println(digest.hex());
      }
      return ExitCode.OK;
    }
  }

  private static Digest into(WorkingContainers containers, String name, ContentCopy copy)
      throws IOException {
    try (var container = containers.open(name)) {
      return copy.into(container);
    }
  }

  private ContentCopy copy(
      BaseImages images, Downloads downloads, List<String> sources, String destination)
      throws IOException {
    var other = from.get();
    return new ContentCopy(
        keyword,
        other.isPresent() ? new OtherTree(tools.store(), images).open(other.get()) : context(),
        downloads,
        sources.stream().map(this::source).toList(),
        destination,
        chown.get().orElse(null),
        chmod.get().orElse(null),
        excludes.get(),
        parents.getAsBoolean(),
        link.getAsBoolean(),
        checksum.get().orElse(null),
        timestamp.get().map(text -> TimeFlags.instant("--timestamp", text)).orElse(null),
        history.isOn());
  }

  /// Without a directory of their own sources are anywhere on this machine.
  private CopySource context() {
    if (contextDir.get().isEmpty() && ignoreFile.get().isPresent()) {
      throw OrderedArguments.usage(
          "--ignorefile option requires that you specify a context dir using --contextdir");
    }
    var ignored = ignoreFile.get().map(Path::of).map(IgnoreFile::read).orElse(IgnoreFile.NONE);
    return BuildContext.open(contextDir.get().map(Path::of).orElse(ROOT), ignored);
  }

  private String source(String given) {
    boolean direct =
        from.get().isPresent() || contextDir.get().isPresent() || given.contains("://");
    return direct ? given : absolute(given);
  }

  /// A slash at the end stays.
  private static String absolute(String given) {
    var path = Path.of(given).toAbsolutePath().normalize().toString();
    return given.endsWith("/") && !path.endsWith("/") ? path + "/" : path;
  }
}
