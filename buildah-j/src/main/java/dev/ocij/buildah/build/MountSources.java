package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Mount;
import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the mounts of one command show of the build context, of stages and of images: looked up
/// once, for the cache key and for the container. Links are followed inside their tree alone.
///
/// @param all by the mount
record MountSources(Map<RunMount, Found> all) {
  /// What stands at the source of a mount.
  record Found(CopySource tree, Entry entry) {}

  /// @throws OciException where there is no such source
  static MountSources find(List<RunMount> mounts, CopyOrigins origins) throws IOException {
    var found = new LinkedHashMap<RunMount, Found>();
    for (var each : mounts) {
      switch (each.mount()) {
        case Mount.Bind bind -> found.put(each, find(bind.source(), "bind", each, origins));
        case Mount.Cache cache when isFilled(each, cache) ->
            found.put(each, find(cache.source(), "cache", each, origins));
        case Mount.Cache _, Mount.Tmpfs _, Mount.Secret _, Mount.Ssh _ -> {}
      }
    }
    return new MountSources(found);
  }

  /// What each of them is, in their order.
  List<Digest> contents() throws IOException {
    var contents = new ArrayList<Digest>();
    for (var found : all.values()) {
      contents.add(
          ContentDigest.of(
              found.tree(), List.of(ContentDigest.Item.of(found.entry())), _ -> false));
    }
    return contents;
  }

  /// Whether a new cache does not begin empty.
  private static boolean isFilled(RunMount mount, Mount.Cache cache) {
    return !(mount.origin() instanceof Origin.Scratch && cache.source().equals("/"));
  }

  private static Found find(String source, String type, RunMount mount, CopyOrigins origins)
      throws IOException {
    var tree = origins.open(mount.origin());
    var entry =
        tree.follow(source)
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.USAGE,
                    "mount of type %s: no %s in %s"
                        .formatted(type, Quoted.of(source), place(mount.origin()))));
    return new Found(tree, entry);
  }

  private static String place(Origin origin) {
    return switch (origin) {
      case Origin.BuildContext() -> "the build context";
      case Origin.NamedContext(var name) -> "the context " + Quoted.of(name);
      case Origin.OfStage(int index) -> "stage " + index;
      case Origin.OfImage(var reference, _) -> "the image " + Quoted.of(reference);
      case Origin.Scratch() -> "scratch; name a stage or an image with from=";
    };
  }
}
