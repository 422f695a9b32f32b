package dev.ocij.skopeo.cli;

import dev.ocij.copy.Attached;
import dev.ocij.copy.Beside;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Selection;
import dev.ocij.image.Compression;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `copy` and `sync` may be told about the image on its way.
final class CopyFlags {
  private final BooleanSupplier all;
  private final Supplier<Optional<String>> multiArch;
  private final Supplier<Optional<String>> format;
  private final BooleanSupplier preserveDigests;
  private final BooleanSupplier removeSignatures;
  private final Supplier<Optional<String>> compressFormat;
  private final Supplier<Optional<Integer>> compressLevel;
  private final BooleanSupplier forceCompressFormat;
  private final Supplier<Optional<Integer>> parallel;
  private final BooleanSupplier referrers;
  private final BooleanSupplier digestTags;

  CopyFlags(Options options) {
    all = options.flag("-a, --all", "copy the whole index and all its images");
    multiArch =
        options.text("--multi-arch", "system|all|index-only|OS/ARCH,…", "what of an index to copy");
    format = options.text("-f, --format", "oci|v2s1|v2s2", "convert to this manifest type");
    preserveDigests = options.flag("--preserve-digests", "fail rather than write another digest");
    removeSignatures = options.flag("--remove-signatures", "leave the source's signatures behind");
    compressFormat =
        options.text(
            "--dest-compress-format", "gzip|zstd|zstd:chunked", "how to compress what must be");
    compressLevel = options.number("--dest-compress-level", "on its own scale");
    forceCompressFormat =
        options.flag("--dest-force-compress-format", "recompress what has another compression");
    parallel = options.count("--image-parallel-copies", "blobs at once");
    referrers =
        options.flag("--referrers", "also copy what names the image or an instance as its subject");
    digestTags =
        options.flag(
            "--digest-tags", "also copy attestations and SBOMs whose tags are made of digests");
  }

  Selection selection(Platform platform) {
    if (all.getAsBoolean() && multiArch.get().isPresent()) {
      throw usage("Cannot use --all and --multi-arch flags together");
    }
    if (all.getAsBoolean()) {
      return new Selection.All();
    }
    var wanted = multiArch.get().orElse("system");
    return switch (wanted) {
      case "system" -> new Selection.Single(platform);
      case "all" -> new Selection.All();
      case "index-only" -> new Selection.IndexOnly();
      default -> platforms(wanted);
    };
  }

  private static Selection platforms(String list) {
    if (list.indexOf('/') > 0) {
      return new Selection.Platforms(Stream.of(list.split(",", -1)).map(Platform::parse).toList());
    }
    throw usage(
        "unknown multi-arch option %s. Choose one of the supported options: 'system', 'all', or 'index-only'; or a list of platforms, as linux/amd64,linux/arm64"
            .formatted(Quoted.of(list)));
  }

  /// A format that was named is for all layers, where the destination wants them compressed;
  /// forcing it forbids further to use what the destination has, which we never do.
  Fit fit() {
    if (forceCompressFormat.getAsBoolean() && compressFormat.get().isEmpty()) {
      throw usage(
          "--dest-force-compress-format needs a format: name one with --dest-compress-format");
    }
    return Fit.AS_IT_IS
        .withFormat(documentFormat())
        .withCompression(
            compressFormat.get().orElse("gzip"),
            compressLevel.get().orElse(Compression.DEFAULT_LEVEL),
            compressFormat.get().isPresent());
  }

  boolean preserveDigests() {
    return preserveDigests.getAsBoolean();
  }

  int parallelBlobs() {
    return parallel.get().filter(n -> n > 0).orElse(CopyRequest.PARALLEL_BLOBS);
  }

  /// What the source has beside the image, as far as it comes along.
  Beside beside() {
    return Beside.SIGNATURES
        .keepingSignatures(!removeSignatures.getAsBoolean())
        .with(new Attached(referrers.getAsBoolean(), digestTags.getAsBoolean()));
  }

  private Fit.@Nullable Format documentFormat() {
    if (format.get().isEmpty()) {
      return null;
    }
    return switch (format.get().get()) {
      case "oci" -> Fit.Format.OCI;
      case "v2s2" -> Fit.Format.DOCKER;
      case "v2s1" -> Fit.Format.SCHEMA1;
      case String other ->
          throw usage(
              "unknown format %s. Choose one of the supported formats: 'oci', 'v2s1', or 'v2s2'"
                  .formatted(Quoted.of(other)));
    };
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
