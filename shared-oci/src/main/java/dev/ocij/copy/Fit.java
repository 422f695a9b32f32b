package dev.ocij.copy;

import dev.ocij.edit.Edit;
import dev.ocij.edit.Edits;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.image.Schema1;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Accepts;
import org.jspecify.annotations.Nullable;

/// How an image is made to fit its destination: what the caller asked for, then what the place
/// demands, and nothing else.
///
/// @param format the documents asked for; null keeps them where the place takes them
/// @param compression of layers that must be compressed
/// @param level for that compression, on its own scale; what it has not is refused where it is used
/// @param chunked whether that is zstd in the format `zstd:chunked`
/// @param force whether layers with another compression get this one too, where the place wants
///   compressed layers
/// @param decryption what happens before everything else
/// @param encryption what happens last; null for nothing
public record Fit(
    @Nullable Format format,
    Compression compression,
    int level,
    boolean chunked,
    boolean force,
    Edit decryption,
    @Nullable Edit encryption) {
  /// The documents an image may be converted to.
  public enum Format {
    OCI,
    DOCKER,
    /// Docker's before 2016, which no tool writes unless it is told to.
    SCHEMA1
  }

  private static final String CHUNKED = "zstd:chunked";

  public static final Fit AS_IT_IS =
      new Fit(null, Compression.GZIP, Compression.DEFAULT_LEVEL, false);

  /// Without encryption or decryption.
  public Fit(@Nullable Format format, Compression compression, int level, boolean force) {
    this(format, compression, level, false, force, Edit.NOTHING, null);
  }

  public Fit withFormat(@Nullable Format changed) {
    return new Fit(changed, compression, level, chunked, force, decryption, encryption);
  }

  /// This, with Docker's documents where they are wanted.
  public Fit withDocker(boolean wanted) {
    return wanted ? withFormat(Format.DOCKER) : this;
  }

  /// With the compression of this name: `gzip`, `zstd` or `zstd:chunked`.
  ///
  /// @throws OciException of category `USAGE` where none has this name
  public Fit withCompression(String name, int changedLevel, boolean forced) {
    var changed =
        switch (name) {
          case "gzip" -> Compression.GZIP;
          case "zstd", CHUNKED -> Compression.ZSTD;
          default ->
              throw new OciException(
                  OciException.Category.USAGE,
                  "cannot find compressor for %s: there are gzip, zstd and %s"
                      .formatted(Quoted.of(name), CHUNKED));
        };
    return new Fit(
        format, changed, changedLevel, name.equals(CHUNKED), forced, decryption, encryption);
  }

  public Fit withDecryption(Edit changed) {
    return new Fit(format, compression, level, chunked, force, changed, encryption);
  }

  public Fit withEncryption(Edit changed) {
    return new Fit(format, compression, level, chunked, force, decryption, changed);
  }

  /// The edit for a place that accepts so much.
  public Edit edit(Accepts accepts) {
    return edit(layers(accepts), accepts);
  }

  /// The same, but all layers get this compression, whatever the place would take.
  Edit compressing(Accepts accepts) {
    return edit(inCompression(), accepts);
  }

  private Edit edit(Edit layers, Accepts accepts) {
    return schema2(accepts)
        .andThen(decryption)
        .andThen(layers)
        .andThen(encryption == null ? documents(accepts) : encrypted(encryption, accepts));
  }

  /// Whether all layers of an image have this compression.
  boolean compresses(Image image) {
    return inCompression().apply(image).equals(image);
  }

  private Edit inCompression() {
    return chunked ? Edits.chunk(level, false) : Edits.recompress(compression, level);
  }

  /// What has to be done although images shall stay as they are: no format and no compression is
  /// anything but a wish then, unless the place could not hold the layers.
  public Edit leastEdit(Accepts accepts) {
    var least = new Fit(null, compression, level, false, false, decryption, encryption);
    return accepts.layers() == null
        ? least
            .schema2(accepts)
            .andThen(decryption)
            .andThen(encryption == null ? Edit.NOTHING : encrypted(encryption, accepts))
        : least.edit(accepts);
  }

  /// The index for such a place: in another document where that is to be, or must be, of the other
  /// format. Its images say which it is then; one without all of them stays as it is.
  public Index list(Index index, Accepts accepts) {
    var type = index.index().mediaType();
    if (type == null || index.members().size() < index.index().manifests().size()) {
      return index;
    }
    boolean stays = format == null ? accepts.takes(type) : type.isDocker() == isDocker(format);
    return stays ? index : index.withMembers(index.members());
  }

  private static boolean isDocker(Format format) {
    return format != Format.OCI;
  }

  /// Schema 1 is copied as it is or not at all: whatever is to be changed becomes schema 2 first.
  private Edit schema2(Accepts accepts) {
    boolean asked = format == null || format == Format.SCHEMA1;
    boolean stays = asked && !force && accepts.layers() == null;
    return Edit.ofImages(image -> {
      var type = image.manifest().mediaType();
      boolean taken = type != null && (format == Format.SCHEMA1 || accepts.takes(type));
      return stays && taken ? image : Schema1.toSchema2(image);
    });
  }

  /// Encrypted layers are OCI's.
  private Edit encrypted(Edit encrypting, Accepts accepts) {
    boolean docker = format != null && isDocker(format);
    if (docker || !accepts.takes(MediaType.OCI_MANIFEST)) {
      throw new OciException(
          OciException.Category.USAGE,
          "encrypt layers: %s; encrypted images are OCI images"
              .formatted(
                  docker
                      ? "the format asked for is Docker's"
                      : "the destination takes no OCI manifests"));
    }
    return Edits.asOci().andThen(encrypting);
  }

  /// A place that takes plain layers takes all others as they are too.
  private Edit layers(Accepts accepts) {
    if (accepts.layers() != null) {
      return Edits.recompress(accepts.layers(), level);
    }
    if (accepts.plainLayers()) {
      return Edit.NOTHING;
    }
    if (force) {
      return inCompression();
    }
    return chunked ? Edits.chunk(level, true) : Edits.compressPlain(compression, level);
  }

  private Edit documents(Accepts accepts) {
    if (format != null) {
      return documents(format);
    }
    return Edits.asOciForZstd()
        .andThen(Edit.ofImages(image -> (Image) preferred(image, accepts).apply(image)));
  }

  private static Edit preferred(Image image, Accepts accepts) {
    var type = image.manifest().mediaType();
    if (type == null || accepts.takes(type)) {
      return Edit.NOTHING;
    }
    boolean docker = accepts.documents().getFirst().isDocker();
    return documents(docker ? Format.DOCKER : Format.OCI);
  }

  private static Edit documents(Format format) {
    return switch (format) {
      case OCI -> Edits.asOci();
      case DOCKER -> Edits.asDocker();
      case SCHEMA1 -> Edits.asSchema1();
    };
  }
}
