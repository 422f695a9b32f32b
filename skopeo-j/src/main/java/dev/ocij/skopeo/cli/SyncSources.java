package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.skopeo.sync.SyncDirectory;
import dev.ocij.skopeo.sync.SyncFile;
import dev.ocij.skopeo.sync.SyncedImage;
import dev.ocij.skopeo.sync.TagPattern;
import dev.ocij.skopeo.sync.VersionConstraint;
import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.auth.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/// The images that a source names, found by asking it.
record SyncSources(SyncFlags flags, TransportOptions options, LogLines log, RetryFlags retry) {
  /// What became of an entry of a list.
  private enum End {
    FOUND,
    PASSED_OVER,
    FAILED
  }

  /// The images of one source, and how it is reached.
  ///
  /// @param failed whether it was asked for more and did not answer
  /// @param whole whether these are all that were asked for
  record Found(
      List<SyncedImage> images, TransportOptions transports, boolean failed, boolean whole) {}

  List<Found> read(boolean keepGoing) throws IOException {
    return switch (flags.source()) {
      case "dir" ->
          List.of(found(new SyncDirectory(Path.of(flags.from.get())).images(flags.names())));
      case "docker" -> List.of(found(images(options, flags.from.get())));
      default -> listed(keepGoing);
    };
  }

  private Found found(List<SyncedImage> images) {
    return new Found(images, options, false, true);
  }

  private List<Found> listed(boolean keepGoing) throws IOException {
    var all = new ArrayList<Found>();
    for (var entry : SyncFile.parse(LocalFile.read(flags.from.get())).registries().entrySet()) {
      all.add(registry(entry.getKey(), entry.getValue(), keepGoing));
    }
    return all;
  }

  private Found registry(String name, SyncFile.Registry wanted, boolean keepGoing)
      throws IOException {
    var reached = reached(wanted);
    var searches = new ArrayList<Search>();
    wanted
        .images()
        .forEach((path, tags) -> searches.add(() -> chosen(reached, name + "/" + path, tags)));
    wanted
        .byRegex()
        .forEach((path, pattern) ->
            searches.add(() ->
                filtered(reached, name + "/" + path, TagPattern.parse(pattern).asPredicate())));
    wanted
        .bySemver()
        .forEach((path, constraint) ->
            searches.add(() ->
                filtered(
                    reached, name + "/" + path, VersionConstraint.parse(constraint)::accepts)));
    var images = new ArrayList<SyncedImage>();
    var ends = EnumSet.noneOf(End.class);
    for (var search : searches) {
      ends.add(add(images, keepGoing, search));
    }
    ends.remove(End.FOUND);
    return new Found(List.copyOf(images), reached, ends.contains(End.FAILED), ends.isEmpty());
  }

  /// An entry that makes no sense is told and passed over; what a registry refuses is a failure.
  private End add(List<SyncedImage> images, boolean keepGoing, Search search) throws IOException {
    try {
      images.addAll(search.run());
      return End.FOUND;
    } catch (OciException e) {
      if (e.category() != OciException.Category.USAGE && !keepGoing) {
        throw e;
      }
      log.error(String.valueOf(e.getMessage()));
      return e.category() == OciException.Category.USAGE ? End.PASSED_OVER : End.FAILED;
    }
  }

  private List<SyncedImage> chosen(TransportOptions reached, String typed, List<String> tags)
      throws IOException {
    if (tags == null || tags.isEmpty()) {
      return images(reached, typed);
    }
    return tags.stream()
        .map(tag -> image(typed + (tag.indexOf(':') < 0 ? ":" : "@") + tag, false))
        .toList();
  }

  private List<SyncedImage> images(TransportOptions reached, String typed) throws IOException {
    boolean tagged = Reference.hasTagOrDigest(typed);
    log.info("Tag presence check", "imagename=" + typed, "tagged=" + tagged);
    return tagged ? List.of(image(typed, false)) : filtered(reached, typed, _ -> true);
  }

  private List<SyncedImage> filtered(
      TransportOptions reached, String typed, Predicate<String> wanted) throws IOException {
    log.info("Getting tags", "image=" + typed);
    var location = new Location("docker", "//" + typed);
    var tags = flags.filter().of(tags(reached, location).stream().filter(wanted).toList());
    var images = tags.stream().map(tag -> image(typed + ":" + tag, true)).toList();
    if (images.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "No images to sync found in \"%s\"".formatted(typed));
    }
    return images;
  }

  /// A repository that is not there is no image that is not there: the status is another.
  private List<String> tags(TransportOptions reached, Location location) throws IOException {
    try {
      return retry.run(() -> Builtin.transports(reached).of(location).tags(location.rest()));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      throw new OciException(
          OciException.Category.INVALID, "Error determining repository tags: " + e.sentence(), e);
    }
  }

  private SyncedImage image(String typed, boolean listed) {
    var name = Reference.parse(typed).toString();
    return new SyncedImage(new Location("docker", "//" + name), flags.names().of(name), listed);
  }

  private TransportOptions reached(SyncFile.Registry wanted) {
    return options.withRegistry(registryOptions(wanted));
  }

  private RegistryOptions registryOptions(SyncFile.Registry wanted) {
    var registry = options.registry();
    if (wanted.credentials() != null) {
      registry =
          registry.withCredential(
              new Credential.Password(
                  wanted.credentials().username(), wanted.credentials().password()));
    }
    if (wanted.tlsVerify() != null) {
      registry = registry.withTlsVerify(wanted.tlsVerify());
    }
    return wanted.certDir() == null ? registry : registry.withCertDir(Path.of(wanted.certDir()));
  }

  /// Asks for images.
  private interface Search {
    List<SyncedImage> run() throws IOException;
  }
}
