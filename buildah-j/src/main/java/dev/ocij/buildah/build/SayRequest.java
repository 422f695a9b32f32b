package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.trust.sigstore.SigningKey;
import java.util.List;
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
