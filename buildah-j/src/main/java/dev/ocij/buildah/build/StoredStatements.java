package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.provenance.Provenance;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.edit.Edits;
import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.transport.StatementArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What can be said of images that were built before: their contents, which are looked at now, and
/// the provenance that the build left with them in the store.
///
/// @param bills formats of bills
/// @param provenance whether that is wanted
public record StoredStatements(
    Source source, StageLayers layers, List<BillFormat> bills, boolean provenance) {
  public StoredStatements {
    bills = List.copyOf(bills);
  }

  /// What is said, by the digests of the configurations of images.
  ///
  /// @param artifact of the source; what is no image in it has nothing that could be said
  /// @throws OciException of category `NOT_FOUND` where no build left a provenance
  public Map<Digest, List<Said>> of(Artifact artifact) throws IOException {
    var said = new HashMap<Digest, List<Said>>();
    collect(artifact, said);
    return said;
  }

  private void collect(Artifact artifact, Map<Digest, List<Said>> said) throws IOException {
    switch (artifact) {
      case Image image -> {
        if (image.manifest().isImage()) {
          said.put(image.manifest().config().digest(), of(image));
        }
      }
      case Index index -> {
        for (var member : index.members()) {
          collect(member.reader().read(), said);
        }
      }
    }
  }

  private List<Said> of(Image image) throws IOException {
    var said = new ArrayList<Said>();
    if (!bills.isEmpty()) {
      var stage = StageImage.of((Image) Edits.asOci().apply(image));
      said.addAll(Testimony.bills(bills, stage, image.manifest().config().digest(), layers));
    }
    if (provenance) {
      said.addAll(kept(image));
    }
    return said;
  }

  private List<Said> kept(Image image) throws IOException {
    var document = image.original();
    if (document == null) {
      throw new IllegalArgumentException("an edited image is no longer the source's");
    }
    var kept =
        StatementArtifact.readAll(source, document.digest()).stream()
            .filter(each -> each.predicateType().equals(Provenance.PREDICATE_TYPE))
            .map(each -> new Said(each.predicateType(), each.predicate()))
            .toList();
    if (kept.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "attach the provenance of %s: the store has none; build it with --provenance"
              .formatted(document.digest()));
    }
    return List.of(kept.getLast());
  }
}
