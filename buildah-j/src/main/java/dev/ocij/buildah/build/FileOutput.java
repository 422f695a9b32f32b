package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.overlay.Trees;
import dev.ocij.image.Piped;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.Unpacker;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.store.PendingFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/// Where the files of the built image go, beside the image itself.
///
/// @param tar one archive, else a folder
/// @param path of that; `-` is standard output, for an archive alone
public record FileOutput(boolean tar, String path) {
  private static final String STANDARD_OUTPUT = "-";

  /// As `--output` has it: `type=local,dest=PATH`, `type=tar,dest=PATH`, or a path alone.
  ///
  /// @throws OciException of category `USAGE` where it is neither
  public static FileOutput parse(String text) {
    if (!text.contains("=")) {
      return new FileOutput(text.equals(STANDARD_OUTPUT), text);
    }
    var fields = new LinkedHashMap<String, String>();
    for (var field : text.split(",")) {
      int equals = field.indexOf('=');
      fields.put(
          equals < 0 ? field : field.substring(0, equals),
          equals < 0 ? "" : field.substring(equals + 1));
    }
    var type = fields.remove("type");
    if (type != null && !type.equals("tar") && !type.equals("local")) {
      throw invalid(
          text,
          "unknown type; expected local or tar, which are files; an image goes where -t says, as in"
              + " -t docker://NAME or -t oci-archive:FILE");
    }
    var path = fields.remove("dest");
    if (path == null || path.isEmpty() || !fields.isEmpty()) {
      throw invalid(text, "expected type=local,dest=FOLDER or type=tar,dest=FILE");
    }
    return switch (type) {
      case "tar" -> new FileOutput(true, path);
      case "local" -> {
        if (path.equals(STANDARD_OUTPUT)) {
          throw invalid(text, "a folder cannot go to standard output; say type=tar");
        }
        yield new FileOutput(false, path);
      }
      case null, default -> throw invalid(text, "unknown type; expected local or tar");
    };
  }

  public boolean isStandardOutput() {
    return path.equals(STANDARD_OUTPUT);
  }

  /// @throws OciException of category `IO` where it cannot be written
  void write(StageImage image, StageLayers layers) {
    try {
      writeTo(image, layers);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "write the files of the image to %s: %s".formatted(Quoted.of(path), Reason.of(e)),
          e);
    }
  }

  private void writeTo(StageImage image, StageLayers layers) throws IOException {
    if (tar) {
      archive(image, layers);
      return;
    }
    var folder = Path.of(path);
    boolean isNew = !Files.exists(folder);
    Files.createDirectories(folder);
    try {
      unpack(image, layers, folder);
    } catch (IOException | RuntimeException e) {
      if (isNew) {
        Trees.delete(folder);
      }
      throw e;
    }
  }

  /// A new file is whole or absent; what is there already may be a device, or mounted.
  private void archive(StageImage image, StageLayers layers) throws IOException {
    var file = Path.of(path);
    if (isStandardOutput() || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try (var out =
          isStandardOutput()
              ? new FileOutputStream(FileDescriptor.out)
              : Files.newOutputStream(file)) {
        layers.export(image.layers(), out, entry -> entry);
      }
      return;
    }
    try (var pending = PendingFile.in(file.resolveSibling(""));
        var in = Piped.from(out -> layers.export(image.layers(), out, entry -> entry))) {
      pending.append(in);
      pending.moveTo(file);
    }
  }

  private static void unpack(StageImage image, StageLayers layers, Path folder) throws IOException {
    var whiteouts = UnpackRules.ofThisProcess().whiteouts();
    boolean owners = whiteouts == UnpackRules.Whiteouts.TRUSTED_OVERLAY;
    var rules = new UnpackRules(whiteouts, owners ? Ownership.REAL : Ownership.RECORDED);
    try (var in =
        Piped.from(
            out -> layers.export(image.layers(), out, owners ? e -> e : FileOutput::owned))) {
      new Unpacker(rules).unpack(in, folder);
    }
  }

  /// The files belong to whoever builds, but root may give them their owners.
  private static Entry owned(Entry entry) {
    return entry.withAttributes(entry.attributes().withOwner(Owner.ROOT));
  }

  private static OciException invalid(String text, String help) {
    return new OciException(
        OciException.Category.USAGE, "--output %s: %s".formatted(Quoted.of(text), help));
  }
}
