package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.Addition;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.Placement;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.CopyStep;
import dev.ocij.buildah.plan.Origin;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One COPY or ADD: what it takes is looked up once, for the cache key and for the layer.
public final class CopyExecution {
  private final CopyStep step;
  private final StageLayers layers;
  private final List<Taken> taken;
  private final int count;

  private CopyExecution(CopyStep step, StageLayers layers, List<Taken> taken) {
    this.step = step;
    this.layers = layers;
    this.taken = taken;
    this.count =
        step.sources().documents().size()
            + taken.stream().mapToInt(each -> each.found().size()).sum();
  }

  /// Finds the sources.
  ///
  /// @throws dev.ocij.spec.OciException where one is missing
  public static CopyExecution of(CopyStep step, StageLayers layers, CopySources sources)
      throws IOException {
    return new CopyExecution(step, layers, List.copyOf(sources.find()));
  }

  /// Whether its patterns match nothing at all.
  public boolean takesNothing() {
    return count == 0;
  }

  /// What the sources are.
  public Digest content() throws IOException {
    if (taken.size() == 1) {
      return taken.getFirst().content();
    }
    var all = new StringBuilder();
    for (var each : taken) {
      all.append(each.content()).append('\n');
    }
    return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The text for the history.
  public String createdBy(Digest content) {
    boolean directory =
        count == 1
            && taken.stream().flatMap(each -> each.entries().stream()).anyMatch(Entry::isDirectory);
    var kind = count > 1 ? "multi:" : directory ? "dir:" : "file:";
    return step.createdBy(kind + content.hex());
  }

  /// What the step puts into the tree.
  public Additions additions(LayeredTree below, Instant now) throws IOException {
    var target = new Additions(below, now);
    var owner = owner(below);
    var path = step.destination().path().substring(1);
    boolean into = step.destination().directory() || count > 1;
    var ofNew = owner == null ? Owner.ROOT : owner;
    for (var document : step.sources().documents()) {
      boolean inside = into || target.isDirectory(path);
      put(document, target, inside ? path + "/" + document.name() : path, ofNew, now);
    }
    for (var each : taken) {
      var placement =
          new Placement(owner, !isContext(step.sources().origin()), this::mode, each.excluded());
      put(each, placement, target, path, into);
    }
    return target;
  }

  private void put(Taken each, Placement placement, Additions target, String path, boolean into)
      throws IOException {
    var ofNew = placement.owner() == null ? Owner.ROOT : placement.owner();
    if (step.sources().parents()) {
      putWithParents(each, placement, target, path, ofNew);
      return;
    }
    for (var entry : each.entries()) {
      if (!unpack(each, entry, target, path, ofNew)) {
        placement.copy(each.tree(), entry, target, path, into);
      }
    }
  }

  /// Each source keeps the directories that its path names, as they are where it comes from.
  private static void putWithParents(
      Taken taken, Placement placement, Additions target, String destination, Owner ofNew)
      throws IOException {
    target.makeDirectories(destination, ofNew);
    for (var each : taken.found()) {
      for (var folder : each.folders()) {
        var directory = taken.tree().follow(folder.named());
        if (directory.isPresent()) {
          var path = TreePath.child(destination, folder.kept());
          placement.copyDirectory(directory.get(), target, path);
        }
      }
      var path = each.kept().isEmpty() ? destination : TreePath.child(destination, each.kept());
      placement.copyAs(taken.tree(), each.asNamed(), target, path);
    }
  }

  private boolean unpack(Taken each, Entry entry, Additions target, String path, Owner owner)
      throws IOException {
    if (!each.unpacks() || !entry.isFile()) {
      return false;
    }
    var archive = UnpackedArchive.open(layers, each.tree(), entry);
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
