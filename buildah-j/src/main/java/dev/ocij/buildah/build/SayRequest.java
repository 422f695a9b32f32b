package dev.ocij.buildah.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.spec.Digest;
import dev.ocij.trust.sigstore.SigningKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What shall be said of the image, beside it or in it.
///
/// @param bills of its contents, in these formats
/// @param provenance null for none
/// @param key that signs what is written elsewhere than in the local store; null for none
/// @param written a bill that goes to files, too; null for none
public record SayRequest(
    List<BillFormat> bills,
    @Nullable Origins provenance,
    @Nullable SigningKey key,
    @Nullable BillRequest written) {
  public static final SayRequest NOTHING = new SayRequest(List.of(), null, null, null);

  public SayRequest {
    bills = List.copyOf(bills);
  }

  /// What of it the image itself has.
  SayRequest inImage() {
    return written == null || !written.isInImage()
        ? NOTHING
        : new SayRequest(List.of(), null, null, written);
  }

  /// The bills of a finished image: what a scanner made is what is said, in its format.
  ///
  /// @param made the bill that is written down; null for none
  public List<Said> bills(@Nullable Bill made, StageImage image, Digest id, StageLayers layers)
      throws IOException {
    var scanned =
        made == null || scanner() == null || bills.isEmpty()
            ? Optional.<JsonNode>empty()
            : made.tree();
    var said = new ArrayList<Said>();
    for (var format : bills) {
      var document = scanned.filter(format::isOf);
      if (document.isPresent()) {
        said.add(new Said(format.predicateType(), document.get()));
      } else {
        said.addAll(Testimony.bills(List.of(format), image, id, layers));
      }
    }
    return said;
  }

  /// The scanner that is run; null for none.
  BillRequest.@Nullable Scanner scanner() {
    return written != null && written.maker() instanceof BillRequest.Scanner scanner
        ? scanner
        : null;
  }

  /// How much is told of where the image comes from.
  ///
  /// @param values whether values of build arguments are told, which may be secrets
  /// @param builder a URI for who builds
  public record Origins(boolean values, String builder) {}
}
