package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.Addition;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.buildah.overlay.Placement;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.CopyStep;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.Unpack;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TreePath;
import dev.ocij.spec.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One COPY or ADD: what it takes is looked up once, for the cache key and for the layer.
public final class CopyExecution {
  private final CopyStep step;
  private final StageLayers layers;
  private final CopySource source;
  private final List<FoundSource> found;
  private final List<Entry> entries;
  private final Exclusion excluded;

  private CopyExecution(
      CopyStep step,
      StageLayers layers,
      CopySource source,
      List<FoundSource> found,
      Exclusion excluded) {
    this.step = step;
    this.layers = layers;
    this.source = source;
    this.found = found;
    this.entries = found.stream().map(FoundSource::asNamed).toList();
    this.excluded = excluded;
  }

  /// Finds the sources.
  ///
  /// @throws dev.ocij.spec.OciException where one is missing, or the step asks for what this
  ///   builder does not do yet
  public static CopyExecution of(CopyStep step, StageLayers layers, CopyOrigins origins)
      throws IOException {
    NotYet.refuse(step);
    var source = origins.open(step.sources().origin());
    boolean parents = step.sources().parents();
    var found = new ArrayList<FoundSource>();
    for (var pattern : step.sources().patterns()) {
      found.addAll(source.find(pattern, parents));
    }
    var excluded = Exclusion.of(step.sources().excludes(), parents, found);
    found.removeIf(each -> excluded.test(each.named()));
    return new CopyExecution(step, layers, source, List.copyOf(found), excluded);
  }

  /// What the sources are.
  public Digest content() throws IOException {
    return ContentDigest.of(source, entries, excluded);
  }

  /// The text for the history.
  public String createdBy(Digest content) {
    var kind =
        entries.size() + step.sources().documents().size() > 1
            ? "multi:"
            : entries.size() == 1 && entries.getFirst().isDirectory() ? "dir:" : "file:";
    return step.createdBy(kind + content.hex());
  }

  /// What the step puts into the tree.
  public Additions additions(LayeredTree below, Instant now) throws IOException {
    var target = new Additions(below, now);
    var placement =
        new Placement(owner(below), !isContext(step.sources().origin()), this::mode, excluded);
    var destination = step.destination();
    var path = destination.path().substring(1);
    boolean into =
        destination.directory() || entries.size() + step.sources().documents().size() > 1;
    var ofNew = placement.owner() == null ? Owner.ROOT : placement.owner();
    for (var document : step.sources().documents()) {
      boolean inside = into || target.isDirectory(path);
      put(document, target, inside ? path + "/" + document.name() : path, ofNew, now);
    }
    if (step.sources().parents()) {
      putWithParents(placement, target, path, ofNew);
      return target;
    }
    for (var entry : entries) {
      if (!unpack(entry, target, path, ofNew)) {
        placement.copy(source, entry, target, path, into);
      }
    }
    return target;
  }

  /// Each source keeps the directories that its path names, as they are where it comes from.
  private void putWithParents(
      Placement placement, Additions target, String destination, Owner ofNew) throws IOException {
    target.makeDirectories(destination, ofNew);
    for (var each : found) {
      int dropped = each.named().length() - each.kept().length();
      for (int at = each.kept().indexOf('/'); at >= 0; at = each.kept().indexOf('/', at + 1)) {
        var directory = source.follow(each.named().substring(0, dropped + at));
        if (directory.isPresent()) {
          var path = TreePath.child(destination, each.kept().substring(0, at));
          placement.copyDirectory(directory.get(), target, path);
        }
      }
      var path = each.kept().isEmpty() ? destination : TreePath.child(destination, each.kept());
      placement.copyAs(source, each.asNamed(), target, path);
    }
  }

  private boolean unpack(Entry entry, Additions target, String path, Owner owner)
      throws IOException {
    if (step.adding().unpack() == Unpack.NONE || !entry.isFile()) {
      return false;
    }
    var archive = UnpackedArchive.open(layers, source, entry);
    archive.ifPresent(
        tree -> UnpackedArchive.put(tree, target, target.makeDirectories(path, owner)));
    return archive.isPresent();
  }

  private void put(
      CopyStep.Document document, Additions target, String path, Owner owner, Instant now) {
    var content = document.content().getBytes(StandardCharsets.UTF_8);
    var attributes = Attributes.of(mode(0644, false), owner, now);
    target.put(
        new Addition(
            Entry.file(path, attributes, content.length), () -> new ByteArrayInputStream(content)),
        owner);
  }

  private int mode(int mode, boolean directory) {
    return step.chmod() == null ? mode : step.chmod().apply(mode, directory);
  }

  private @Nullable Owner owner(LayeredTree below) {
    return step.chown() == null ? null : Chown.find(step.chown(), below);
  }

  /// Owners in a build context are those of whoever has it, and mean nothing in an image.
  private static boolean isContext(Origin origin) {
    return origin instanceof Origin.BuildContext || origin instanceof Origin.NamedContext;
  }
}
