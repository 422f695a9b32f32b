package dev.ocij.skopeo.cli;

import dev.ocij.builtin.TransportOptions;
import dev.ocij.name.Reference;
import dev.ocij.skopeo.cli.SyncSources.Found;
import dev.ocij.skopeo.sync.SyncFile;
import dev.ocij.skopeo.sync.SyncedImage;
import dev.ocij.skopeo.sync.TagPattern;
import dev.ocij.skopeo.sync.VersionConstraint;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What a list wants of one registry. An entry that makes no sense, or that leads to nothing, is
/// told and passed over; so is one that the registry does not answer, but that is a failure.
final class SyncList {
  private final SyncSources sources;
  private final TransportOptions reached;
  private final String registry;
  private final LogLines log;
  private final List<SyncedImage> images = new ArrayList<>();
  private int entries;
  private boolean failed;
  private boolean whole = true;

  /// @param reached how the registry is
  SyncList(SyncSources sources, TransportOptions reached, String registry, LogLines log) {
    this.sources = sources;
    this.reached = reached;
    this.registry = registry;
    this.log = log;
  }

  Found read(SyncFile.Registry wanted) {
    for (var named : wanted.images().entrySet()) {
      var tags = named.getValue();
      add(named.getKey(), () -> addNamed(named.getKey(), tags == null ? List.of() : tags));
    }
    for (var matching : wanted.byRegex().entrySet()) {
      add(
          matching.getKey(),
          () -> addListed(matching.getKey(), TagPattern.parse(matching.getValue()).asPredicate()));
    }
    for (var versions : wanted.bySemver().entrySet()) {
      add(
          versions.getKey(),
          () ->
              addListed(versions.getKey(), VersionConstraint.parse(versions.getValue())::accepts));
    }
    return new Found(List.copyOf(images), reached, entries, failed, whole);
  }

  private void add(String path, Entry entry) {
    int before = images.size();
    try {
      Reference.parse(name(path));
    } catch (OciException e) {
      passOver("Error parsing repository name, skipping", path, e);
      return;
    }
    try {
      entry.read();
    } catch (OciException e) {
      passOver("Error processing repo, skipping", path, e);
      failed |= !leadsToNothing(e);
    } catch (IOException e) {
      passOver("Error processing repo, skipping", path, e);
      failed = true;
    }
    entries += images.size() > before ? 1 : 0;
  }

  private static boolean leadsToNothing(OciException e) {
    return e.category() == OciException.Category.USAGE
        || e.category() == OciException.Category.NOT_FOUND;
  }

  private void addNamed(String path, List<String> tags) throws IOException {
    var name = name(path);
    boolean tagged = Reference.hasTagOrDigest(name);
    if (!tagged && tags.isEmpty()) {
      addListed(path, _ -> true);
      return;
    }
    log.info("Processing repo", of(path));
    if (tagged) {
      images.add(sources.image(name, false));
      return;
    }
    for (var tag : tags) {
      addTagged(name, tag);
    }
  }

  private void addTagged(String name, String tag) {
    try {
      images.add(sources.image(name + (tag.indexOf(':') < 0 ? ":" : "@") + tag, false));
    } catch (OciException e) {
      log.error("Error parsing ref, skipping", "ref=" + tag);
      log.error(e.sentence());
      whole = false;
    }
  }

  private void addListed(String path, Predicate<String> wanted) throws IOException {
    log.info("Processing repo", of(path));
    log.info("Querying registry for image tags", of(path));
    var found = sources.listed(reached, name(path), wanted);
    if (found.isEmpty()) {
      log.warning("No refs to sync found", of(path));
      whole = false;
    }
    images.addAll(found);
  }

  private void passOver(String what, String path, Exception why) {
    log.error(what, of(path));
    log.error(Reason.withFile(why));
    whole = false;
  }

  private String name(String path) {
    return registry + "/" + path;
  }

  private String[] of(String path) {
    return new String[] {"registry=" + registry, "repo=" + path};
  }

  /// One line of the list.
  private interface Entry {
    void read() throws IOException;
  }
}
