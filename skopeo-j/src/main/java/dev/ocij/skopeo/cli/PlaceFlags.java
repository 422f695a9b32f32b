package dev.ocij.skopeo.cli;

import dev.ocij.builtin.TransportOptions;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.transport.directory.DirectoryTransport.Layers;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What `copy` may be told about the place that it writes to; each is for one transport.
final class PlaceFlags {
  private final Supplier<List<String>> additionalTags;
  private final BooleanSupplier compress;
  private final BooleanSupplier decompress;
  private final BooleanSupplier plainLayers;
  private final BooleanSupplier precomputeDigests;
  private final LogLines log;

  PlaceFlags(Options options) {
    additionalTags =
        options.texts("--additional-tag", "NAME:TAG", "one more name in a docker-archive");
    compress = options.flag("--dest-compress", "compress the layers of a dir: destination");
    decompress = options.flag("--dest-decompress", "decompress the layers of a dir: destination");
    plainLayers =
        options.flag(
            "--dest-oci-accept-uncompressed-layers", "write plain layers to an oci: destination");
    precomputeDigests =
        options.flag(
            "--dest-precompute-digests", "send a registry no compressed layer that it has");
    log = new LogLines(options);
  }

  TransportOptions applied(TransportOptions options, Location to) {
    warn(compress, "--dest-compress", "dir", to);
    warn(decompress, "--dest-decompress", "dir", to);
    warn(() -> !additionalTags.get().isEmpty(), "--additional-tag", "docker-archive", to);
    return options
        .withAdditionalTags(tags())
        .withDirectoryLayers(to.transport().equals("dir") ? layers() : Layers.AS_THEY_ARE)
        .withPlainLayers(plainLayers.getAsBoolean())
        .withPrecomputeDigests(precomputeDigests.getAsBoolean());
  }

  private Layers layers() {
    if (compress.getAsBoolean() && decompress.getAsBoolean()) {
      throw usage("--dest-compress and --dest-decompress cannot be specified at the same time");
    }
    if (compress.getAsBoolean()) {
      return Layers.COMPRESSED;
    }
    return decompress.getAsBoolean() ? Layers.PLAIN : Layers.AS_THEY_ARE;
  }

  private List<Reference.Tagged> tags() {
    return additionalTags.get().stream()
        .flatMap(list -> Stream.of(list.split(",")))
        .map(PlaceFlags::tag)
        .toList();
  }

  private static Reference.Tagged tag(String typed) {
    if (typed.indexOf(':', typed.lastIndexOf('/') + 1) < 0) {
      throw usage("additional-tag '%s' must be a tagged reference".formatted(Quoted.escape(typed)));
    }
    return switch (Reference.parse(typed)) {
      case Reference.Tagged tagged -> tagged;
      case Reference.Digested _ ->
          throw usage(
              "invalid --additional-tag %s: expected a tag, not a digest"
                  .formatted(Quoted.of(typed)));
    };
  }

  private void warn(BooleanSupplier given, String flag, String transport, Location to) {
    if (given.getAsBoolean() && !to.transport().equals(transport)) {
      log.warning(
          "%s can only be used if the destination transport is '%s'".formatted(flag, transport));
    }
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
