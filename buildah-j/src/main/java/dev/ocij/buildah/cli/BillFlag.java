package dev.ocij.buildah.cli;

import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Optional;

/// A value of `--sbom`: one of buildah's presets, what docker has there, or a format.
final class BillFlag {
  private BillFlag() {}

  /// The format that is meant; empty for no bill.
  ///
  /// Presets name a scanner; here they choose that scanner's format, for no scanner is started.
  static Optional<BillFormat> parse(String value) {
    return switch (value) {
      case "false", "disabled=true" -> Optional.empty();
      case "true", "spdx", "syft-spdx", "trivy-spdx" -> Optional.of(BillFormat.SPDX);
      case "cyclonedx", "syft", "syft-cyclonedx", "trivy", "trivy-cyclonedx" ->
          Optional.of(BillFormat.CYCLONEDX);
      case String generator when generator.startsWith("generator=") ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "--sbom %s: no scanner is started, contents are read by buildah-j itself; say spdx or cyclonedx"
                  .formatted(Quoted.of(value)));
      default ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown --sbom %s: expected spdx, cyclonedx, a preset as syft-spdx, true or false"
                  .formatted(Quoted.of(value)));
    };
  }
}
