package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BillRequest;
import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.contents.BillMerge;
import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where `build` and `commit` write a bill of the contents down, and which scanner makes it.
final class WrittenBillFlags {
  private final Supplier<Optional<String>> output;
  private final Supplier<Optional<String>> purlOutput;
  private final Supplier<Optional<String>> imageOutput;
  private final Supplier<Optional<String>> imagePurlOutput;
  private final Supplier<Optional<String>> image;
  private final Supplier<List<String>> commands;
  private final Supplier<Optional<String>> merge;

  WrittenBillFlags(Options options) {
    output = options.text("--sbom-output", "PATH", "write the bill here, too");
    purlOutput = options.text("--sbom-purl-output", "PATH", "write the packages' URLs here, too");
    imageOutput = options.text("--sbom-image-output", "PATH", "write the bill into the image");
    imagePurlOutput =
        options.text("--sbom-image-purl-output", "PATH", "write the URLs into the image");
    image = options.text("--sbom-scanner-image", "IMAGE", "where commands that scan are");
    commands =
        options.texts(
            "--sbom-scanner-command", "COMMAND", "scans {ROOTFS} or {CONTEXT}, writes {OUTPUT}");
    merge = options.text("--sbom-merge-strategy", "KIND", "how bills of a scanner become one");
  }

  /// @param presets values of `--sbom`
  /// @param formats that they choose
  /// @return null where no bill is to be written down
  @Nullable BillRequest request(List<String> presets, Collection<BillFormat> formats) {
    var strategy = merge.get().map(BillMerge::parse);
    boolean scans = image.get().isPresent() || !commands.get().isEmpty();
    if (!isWritten()) {
      if (scans) {
        throw usage(
            "--sbom-scanner-image and --sbom-scanner-command need a place for the bill: give"
                + " --sbom-output, --sbom-image-output, --sbom-purl-output or"
                + " --sbom-image-purl-output");
      }
      return null;
    }
    return new BillRequest(
        scans ? scanner(presets, strategy) : inProcess(formats),
        imageOutput.get().orElse(null),
        imagePurlOutput.get().orElse(null),
        purlOutput.get().isPresent() || imagePurlOutput.get().isPresent());
  }

  private static BillRequest.InProcess inProcess(Collection<BillFormat> formats) {
    if (formats.size() != 1) {
      throw usage("--sbom-output needs one --sbom, and %d are given".formatted(formats.size()));
    }
    return new BillRequest.InProcess(formats.iterator().next());
  }

  /// What the caller leaves open a preset says, as with buildah.
  private BillRequest.Scanner scanner(List<String> presets, Optional<BillMerge> strategy) {
    var preset = presets.stream().flatMap(name -> ScannerPreset.of(name).stream()).findFirst();
    var from = image.get().or(() -> preset.map(ScannerPreset::image));
    var lines =
        commands.get().isEmpty()
            ? preset.map(ScannerPreset::commands).orElse(List.of())
            : commands.get();
    if (from.isEmpty() || lines.isEmpty()) {
      throw usage(
          "a scanner needs both --sbom-scanner-image and --sbom-scanner-command, or an --sbom that"
              + " says the other, as syft or trivy");
    }
    var how = strategy.or(() -> preset.map(ScannerPreset::merge));
    if (how.isEmpty() && lines.size() > 1) {
      throw usage("several --sbom-scanner-command need a --sbom-merge-strategy");
    }
    return new BillRequest.Scanner(from.get(), lines, how.orElse(BillMerge.CAT));
  }

  /// Writes the files that were asked for.
  void write(@Nullable Bill bill) {
    if (bill != null) {
      output.get().ifPresent(file -> LocalFile.write(file, bill.document()));
      purlOutput.get().ifPresent(file -> LocalFile.write(file, bill.purlDocument()));
    }
  }

  /// @param list whether the result is one, of several images
  void check(boolean list) {
    if (list && (output.get().isPresent() || purlOutput.get().isPresent())) {
      throw usage("--sbom-output with a list of images: each has its own; leave the option out");
    }
  }

  private boolean isWritten() {
    return Stream.of(output, purlOutput, imageOutput, imagePurlOutput)
        .anyMatch(each -> each.get().isPresent());
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
