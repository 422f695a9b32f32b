package dev.ocij.buildah.cli;

import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.DecryptFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// How `pull` brings an image into the local store: what it may be told, and what it then does.
public final class ImagePull {
  private static final String REGISTRY = "docker";

  private final Options options;
  private final BooleanSupplier allTags;
  private final Supplier<Optional<String>> policy;
  private final BooleanSupplier quiet;
  private final BooleanSupplier removeSignatures;
  private final PlatformFlags platform;
  private final DecryptFlags decrypt;
  private final StoreFlags store;
  private final Toolbox tools;
  private final String usualPolicy;

  /// @param usualPolicy what holds without `--policy`
  public ImagePull(Options options, StoreFlags store, String usualPolicy) {
    this.options = options;
    this.store = store;
    this.usualPolicy = usualPolicy;
    allTags = options.flag("-a, --all-tags", "all images of the repository");
    policy = options.text("--policy", "missing|always|never|ifnewer", "when to fetch it");
    quiet = options.flag("-q, --quiet", "print the id alone");
    removeSignatures = options.flag("--remove-signatures", "leave signatures behind");
    platform = new PlatformFlags(options);
    decrypt = new DecryptFlags(options);
    tools = new Toolbox(options, store);
    RetryFlags.accept(options);
  }

  /// Brings an image, or all of a repository where that was asked for, and prints each id.
  ///
  /// @param typed a name, or transport:reference
  public void pull(String typed) throws IOException {
    var transports = tools.transports();
    var images = new LocalImages(store.store());
    if (!allTags.getAsBoolean()) {
      options.out().println(pulled(typed, images, transports).hex());
      return;
    }
    var from = source(typed, transports);
    if (!from.transport().equals(REGISTRY)) {
      throw usage("Non-docker transport is not supported, for --all-tags pulling");
    }
    var repository = Reference.parse(from.rest().substring("//".length())).repository();
    for (var tag : transports.of(from).tags("//" + repository)) {
      var tagged = new Location(REGISTRY, "//" + repository + ":" + tag);
      options.out().println(copied(tagged, images, transports).hex());
    }
  }

  /// A name that the store knows is that one; any other is a registry's.
  private Digest pulled(String typed, LocalImages images, Transports transports)
      throws IOException {
    return switch (policy.get().orElse(usualPolicy).toLowerCase(Locale.ROOT)) {
      case "always", "true", "ifnewer", "newer" ->
          copied(source(typed, transports), images, transports);
      case "missing", "ifmissing", "false" ->
          transports.isLocation(typed)
              ? copied(source(typed, transports), images, transports)
              : knownOrCopied(typed, images, transports);
      case "never" -> images.find(typed).id();
      case String other ->
          throw usage(
              "unrecognized pull policy %s: expected always, missing, never or newer"
                  .formatted(Quoted.of(other)));
    };
  }

  private Digest knownOrCopied(String typed, LocalImages images, Transports transports)
      throws IOException {
    var names = new LinkedHashSet<>(List.of(typed));
    names.addAll(transports.fullNames(typed));
    for (var name : names) {
      try {
        return images.find(name).id();
      } catch (OciException e) {
        if (e.category() != OciException.Category.NOT_FOUND) {
          throw e;
        }
      }
    }
    return copied(source(typed, transports), images, transports);
  }

  private Digest copied(Location from, LocalImages images, Transports transports)
      throws IOException {
    if (!quiet.getAsBoolean() && from.transport().equals(REGISTRY)) {
      options.err().println("Trying to pull " + from.rest().substring("//".length()) + "...");
    }
    var asked = platform.asked();
    var names = names(from, transports);
    var request =
        CopyRequest.of(
                from,
                LocalTransport.location(names.isEmpty() ? "" : names.getFirst()),
                new Selection.Single(asked == null ? Platform.host() : asked),
                tools.policy())
            .with(decrypt.applied(Fit.AS_IT_IS))
            .with(Beside.SIGNATURES.keepingSignatures(!removeSignatures.getAsBoolean()));
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    var copied = new Copier(transports, transports, progress).copy(request).digest();
    for (var name : names.stream().skip(1).toList()) {
      images.tag(names.getFirst(), name);
    }
    return images.at(copied).id();
  }

  /// The names that the image has where it comes from.
  private static List<String> names(Location from, Transports transports) throws IOException {
    try (var source = transports.openSource(from)) {
      return source.names().stream().map(Reference::toString).toList();
    }
  }

  private Location source(String typed, Transports transports) throws IOException {
    return transports.isLocation(typed) ? Location.parse(typed) : transports.inRegistry(typed);
  }

  static Location location(String typed, Transports transports) {
    return transports.isLocation(typed)
        ? Location.parse(typed)
        : new Location(REGISTRY, "//" + Reference.parse(typed));
  }

  /// Whether a text says where else than in the store an image is.
  static boolean namesPlace(String typed, Transports transports) {
    return transports.isLocation(typed) || Repository.namesRegistry(typed);
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
