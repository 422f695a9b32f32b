package dev.ocij.buildah.cli;

import dev.ocij.buildah.contents.BillMerge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What buildah's presets say of scanners, for a caller who names but a part of it.
///
/// @param commands without options
record ScannerPreset(String image, List<String> commands, BillMerge merge) {
  private static final String SYFT = "ghcr.io/anchore/syft";
  private static final String TRIVY = "ghcr.io/aquasecurity/trivy";

  ScannerPreset {
    commands = List.copyOf(commands);
  }

  /// @return empty where the value of `--sbom` is none of buildah's presets
  static Optional<ScannerPreset> of(String name) {
    return switch (name) {
      case "syft", "syft-cyclonedx" -> Optional.of(syft("cyclonedx-json", BillMerge.CYCLONEDX));
      case "syft-spdx" -> Optional.of(syft("spdx-json", BillMerge.SPDX));
      case "trivy", "trivy-cyclonedx" -> Optional.of(trivy("cyclonedx", BillMerge.CYCLONEDX));
      case "trivy-spdx" -> Optional.of(trivy("spdx-json", BillMerge.SPDX));
      default -> Optional.empty();
    };
  }

  private static ScannerPreset syft(String format, BillMerge merge) {
    return of(SYFT, "/syft scan -q dir:%%s --output %s={OUTPUT}".formatted(format), merge);
  }

  private static ScannerPreset trivy(String format, BillMerge merge) {
    var line = "trivy filesystem -q %%s --format %s --output {OUTPUT}".formatted(format);
    return of(TRIVY, line, merge);
  }

  private static ScannerPreset of(String image, String line, BillMerge merge) {
    var commands = Stream.of("{ROOTFS}", "{CONTEXT}").map(line::formatted).toList();
    return new ScannerPreset(image, commands, merge);
  }
}
