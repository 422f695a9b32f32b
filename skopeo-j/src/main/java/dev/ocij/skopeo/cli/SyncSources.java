package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.skopeo.sync.SyncDirectory;
import dev.ocij.skopeo.sync.SyncFile;
import dev.ocij.skopeo.sync.SyncedImage;
import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.auth.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The images that a source names, found by asking it.
record SyncSources(SyncFlags flags, TransportOptions options, LogLines log, RetryFlags retry) {
  /// The images of one source, and how it is reached.
  ///
  /// @param entries how many lines of a list have images here
  /// @param failed whether it was asked for more and did not answer
  /// @param whole whether these are all that were asked for
  record Found(
      List<SyncedImage> images,
      TransportOptions transports,
      int entries,
      boolean failed,
      boolean whole) {}

  List<Found> read() throws IOException {
    return switch (flags.source()) {
      case "dir" ->
          List.of(found(new SyncDirectory(Path.of(flags.from.get())).images(flags.names())));
      case "docker" -> List.of(found(images(flags.from.get())));
      default -> listed();
    };
  }

  private Found found(List<SyncedImage> images) {
    return new Found(images, options, 1, false, true);
  }

  private List<Found> listed() throws IOException {
    var all = new ArrayList<Found>();
    for (var entry : SyncFile.parse(LocalFile.read(flags.from.get())).registries().entrySet()) {
      var list = new SyncList(this, reached(entry.getValue()), entry.getKey(), log);
      all.add(list.read(entry.getValue()));
    }
    return all;
  }

  private List<SyncedImage> images(String typed) throws IOException {
    boolean tagged = Reference.hasTagOrDigest(typed);
    log.info("Tag presence check", "imagename=" + typed, "tagged=" + tagged);
    if (tagged) {
      return List.of(image(typed, false));
    }
    var images = all(typed);
    if (images.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "No images to sync found in \"%s\"".formatted(typed));
    }
    return images;
  }

  /// A repository that is not there is no image that is not there: the status is another.
  private List<SyncedImage> all(String typed) throws IOException {
    try {
      return listed(options, typed, _ -> true);
    } catch (OciException e) {
      throw e.beyondTheImage();
    }
  }

  /// The images under the wanted tags of a repository.
  List<SyncedImage> listed(TransportOptions reached, String typed, Predicate<String> wanted)
      throws IOException {
    log.info("Getting tags", "image=" + Repository.parse(typed));
    var location = new Location("docker", "//" + typed);
    var tags = flags.filter().of(tags(reached, location).stream().filter(wanted).toList());
    return tags.stream().map(tag -> image(typed + ":" + tag, true)).toList();
  }

  private List<String> tags(TransportOptions reached, Location location) throws IOException {
    try {
      return retry.run(() -> Builtin.transports(reached).of(location).tags(location.rest()));
    } catch (OciException e) {
      throw e.during("Error determining repository tags");
    }
  }

  SyncedImage image(String typed, boolean listed) {
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
}
