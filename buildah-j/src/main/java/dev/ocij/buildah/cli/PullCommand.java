package dev.ocij.buildah.cli;

import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.DecryptFlags;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transport;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `pull IMAGE`: brings an image into the local store.
public final class PullCommand implements Command {
  private static final String LOCAL = "containers-storage";
  private static final String REGISTRY = "docker";

  private final Options options = Options.of(this, "Bring an image into the local store.");
  private final Supplier<String> image =
      options.argument("IMAGE", "a name, or transport:reference");
  private final BooleanSupplier allTags =
      options.flag("-a, --all-tags", "all images of the repository");
  private final Supplier<Optional<String>> policy =
      options.text("--policy", "missing|always|never|ifnewer", "when to fetch it");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print the id alone");
  private final BooleanSupplier removeSignatures =
      options.flag("--remove-signatures", "leave signatures behind");
  private final PlatformFlags platform = new PlatformFlags(options);
  private final DecryptFlags decrypt = new DecryptFlags(options);
  private final StoreFlags store;
  private final Toolbox tools;

  public PullCommand(StoreFlags store) {
    this.store = store;
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var transports = tools.transports();
    var images = new LocalImages(store.store());
    if (!allTags.getAsBoolean()) {
      options.out().println(pulled(images, transports).hex());
      return ExitCode.OK;
    }
    var from = source(transports);
    if (!from.transport().equals(REGISTRY)) {
      throw usage("Non-docker transport is not supported, for --all-tags pulling");
    }
    var repository = Reference.parse(from.rest().substring("//".length())).repository();
    for (var tag : transports.of(from).tags("//" + repository)) {
      var tagged = new Location(REGISTRY, "//" + repository + ":" + tag);
      options.out().println(copied(tagged, images, transports).hex());
    }
    return ExitCode.OK;
  }

  /// A name that the store knows is that one; any other is a registry's.
  private Digest pulled(LocalImages images, Transports transports) throws IOException {
    return switch (policy.get().orElse("missing").toLowerCase(Locale.ROOT)) {
      case "always", "true", "ifnewer", "newer" -> copied(source(transports), images, transports);
      case "missing", "ifmissing", "false" ->
          hasTransport(image.get(), transports)
              ? copied(source(transports), images, transports)
              : knownOrCopied(images, transports);
      case "never" -> images.find(image.get()).id();
      case String other -> throw usage("unrecognized pull policy %s".formatted(Quoted.of(other)));
    };
  }

  private Digest knownOrCopied(LocalImages images, Transports transports) throws IOException {
    var names = new LinkedHashSet<>(List.of(image.get()));
    names.addAll(transports.fullNames(image.get()));
    for (var name : names) {
      try {
        return images.find(name).id();
      } catch (OciException e) {
        if (e.category() != OciException.Category.NOT_FOUND) {
          throw e;
        }
      }
    }
    return copied(source(transports), images, transports);
  }

  private Digest copied(Location from, LocalImages images, Transports transports)
      throws IOException {
    var asked = platform.asked();
    var request =
        new CopyRequest(
            from,
            new Location(LOCAL, name(from, transports)),
            new Selection.Single(asked == null ? Platform.host() : asked),
            tools.policy(),
            decrypt.applied(Fit.AS_IT_IS),
            false,
            removeSignatures.getAsBoolean(),
            List.of(),
            null,
            6);
    if (!quiet.getAsBoolean()) {
      options
          .err()
          .println("Trying to pull " + from.toString().replaceFirst("^docker://", "") + "...");
    }
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    return images.at(new Copier(transports, transports, progress).copy(request).digest()).id();
  }

  /// The name that the image has where it comes from; empty for none.
  private static String name(Location from, Transports transports) throws IOException {
    try (var source = transports.openSource(from)) {
      var reference = source.identity().reference();
      return reference == null ? "" : reference.toString();
    }
  }

  private Location source(Transports transports) throws IOException {
    return hasTransport(image.get(), transports)
        ? Location.parse(image.get())
        : transports.inRegistry(image.get());
  }

  static Location location(String typed, Transports transports) {
    return hasTransport(typed, transports)
        ? Location.parse(typed)
        : new Location(REGISTRY, "//" + Reference.parse(typed));
  }

  private static boolean hasTransport(String typed, Transports transports) {
    int colon = typed.indexOf(':');
    return colon > 0
        && transports.all().stream()
            .map(Transport::name)
            .anyMatch(name -> name.equals(typed.substring(0, colon)));
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
