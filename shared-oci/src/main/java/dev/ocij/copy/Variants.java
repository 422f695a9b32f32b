package dev.ocij.copy;

import dev.ocij.edit.Edit;
import dev.ocij.edit.Edits;
import dev.ocij.image.Artifact;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.image.Index.Member;
import dev.ocij.image.LayerType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Accepts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compressions in which an index has an image for each of its platforms, beside the images that it
/// has.
///
/// @param wanted how such an image is made, one for each compression
public record Variants(List<Fit> wanted) {
  public static final Variants NONE = new Variants(List.of());

  /// Says of an entry that all layers of its image are compressed by zstd: engines that know it
  /// take such an image, all others the first for their platform.
  private static final String ZSTD = "io.github.containers.compression.zstd";

  public Variants {
    wanted = List.copyOf(wanted);
  }

  /// Those of these names: `gzip`, `zstd` or `zstd:chunked`.
  ///
  /// @param fit of the images that the index has
  /// @throws OciException of category `USAGE` where there is no such compression, or not in the
  ///   format asked for
  public static Variants of(List<String> names, Fit fit) {
    return new Variants(names.stream().distinct().map(name -> of(name, fit)).toList());
  }

  private static Fit of(String name, Fit fit) {
    var variant = fit.withCompression(name, Compression.DEFAULT_LEVEL, true);
    boolean docker = fit.format() != null && fit.format() != Fit.Format.OCI;
    if (docker && variant.compression() == Compression.ZSTD) {
      throw new OciException(
          OciException.Category.USAGE,
          "add images compressed by %s: the format asked for is Docker's, which has none; ask for oci"
              .formatted(name));
    }
    return variant;
  }

  /// An index with the images that are missing, those by zstd last; the same one where none is.
  ///
  /// @param fitted all that the source has, as the place gets it
  /// @param accepted the same before anything was changed
  Index addedTo(Index fitted, Index accepted, Accepts accepts) throws IOException {
    if (wanted.isEmpty() || fitted.members().size() < fitted.index().manifests().size()) {
      return fitted;
    }
    requirePlace(accepts);
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < fitted.members().size(); i++) {
      entries.add(Entry.read(fitted.members().get(i), accepted.members().get(i)));
    }
    var added = missing(entries, accepts);
    return added.isEmpty()
        ? fitted
        : fitted.withMembers(
            Stream.concat(entries.stream().map(Entry::noted), added.stream())
                .sorted(Comparator.comparing(Variants::isNoted))
                .toList());
  }

  private static void requirePlace(Accepts accepts) {
    if (accepts.layers() != null) {
      throw new OciException(
          OciException.Category.USAGE,
          "add images of other compressions: the destination has all layers in one, or none; name a"
              + " registry or an OCI layout");
    }
  }

  /// What images of any entry bring to a platform is there for it.
  private List<Member> missing(List<Entry> entries, Accepts accepts) {
    var there = new HashMap<Optional<Platform>, Set<Fit>>();
    var images = entries.stream().filter(Entry::hasLayers).toList();
    for (var image : images) {
      var known = there.computeIfAbsent(image.platform(), _ -> new HashSet<>());
      wanted.stream().filter(image::isIn).forEach(known::add);
    }
    var added = new ArrayList<Member>();
    for (var image : images) {
      var known = Objects.requireNonNull(there.get(image.platform()));
      wanted.stream().filter(known::add).forEach(fit -> added.add(image.in(fit, accepts)));
    }
    return added;
  }

  private static boolean isNoted(Member member) {
    return member.descriptor().annotations().containsKey(ZSTD);
  }

  private static Member noted(Member member, boolean zstd) {
    var annotations = new LinkedHashMap<>(member.descriptor().annotations());
    annotations.remove(ZSTD);
    if (zstd) {
      annotations.put(ZSTD, "true");
    }
    return new Member(member.descriptor().withAnnotations(annotations), member.reader());
  }

  /// One entry of the index.
  ///
  /// @param member as the place gets it
  /// @param accepted as the source has it
  /// @param artifact behind the former
  private record Entry(Member member, Member accepted, Artifact artifact) {
    private static final Edit ALL_ZSTD =
        Edits.recompress(Compression.ZSTD, Compression.DEFAULT_LEVEL);

    static Entry read(Member member, Member accepted) throws IOException {
      return new Entry(member, accepted, member.reader().read());
    }

    Optional<Platform> platform() {
      return Optional.ofNullable(member.descriptor().platform());
    }

    /// What is attached to an image has none.
    boolean hasLayers() {
      return artifact instanceof Image image
          && image.manifest().isImage()
          && image.layers().stream()
              .anyMatch(layer -> LayerType.of(layer.mediaType().decrypted()) != null);
    }

    boolean isIn(Fit fit) {
      return artifact instanceof Image image && fit.compresses(image);
    }

    /// The same image in another compression.
    Member in(Fit fit, Accepts accepts) {
      var edit = fit.compressing(accepts);
      return Variants.noted(
          new Member(accepted.descriptor(), () -> edit.apply(accepted.reader().read())),
          fit.compression() == Compression.ZSTD);
    }

    Member noted() {
      return hasLayers() && ALL_ZSTD.apply(artifact).equals(artifact)
          ? Variants.noted(member, true)
          : member;
    }
  }
}
