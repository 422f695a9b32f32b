package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finishes an image and makes its bill, which the image has itself where that is wanted. The bill
/// is of the image as it is without it.
public record BillMaking(BillRequest request, Scan scan, StageLayers layers, Stamp stamp) {
  /// A finished image.
  ///
  /// @param bill null where none was wanted
  public record Billed(StageImage image, @Nullable Bill bill) {}

  /// What else becomes of an image.
  @FunctionalInterface
  public interface Finishing {
    StageImage of(StageImage image) throws IOException;
  }

  /// What a scanner needs.
  @FunctionalInterface
  public interface Sources {
    /// The image of this name, for this machine.
    StageImage scanner(String name) throws IOException;

    /// Files that the image may have been made of.
    default List<CopySource> contexts() throws IOException {
      return List.of();
    }
  }

  public Billed of(StageImage image, Finishing finishing, Sources sources) throws IOException {
    var plain = finishing.of(image);
    var bill = bill(plain, sources);
    return new Billed(
        request.isInImage()
            ? finishing.of(new PlacedBill(request, layers, stamp).in(image, bill))
            : plain,
        bill);
  }

  private Bill bill(StageImage image, Sources sources) throws IOException {
    return switch (request.maker()) {
      case BillRequest.InProcess(var format) -> Testimony.bill(format, image, layers);
      case BillRequest.Scanner scanner ->
          scan.of(
              image,
              sources.scanner(scanner.image()),
              scanner,
              request.listsPurls(),
              sources.contexts());
    };
  }
}
