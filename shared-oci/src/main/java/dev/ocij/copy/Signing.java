package dev.ocij.copy;

import dev.ocij.image.Artifact;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs an image where it is. Its name is looked up once: what is signed is what that found,
/// whatever the name leads to afterwards.
///
/// @param identity the name in the signatures; null for the image's own
/// @param recursive whether each image of an index is signed too
public record Signing(
    Location image, List<Signer> signers, @Nullable String identity, boolean recursive) {
  public Signing {
    signers = List.copyOf(signers);
  }

  /// @return what was signed, the document that the name leads to first
  public List<Document> in(Transports transports) throws IOException {
    try (var source = transports.openSource(image)) {
      var name = name(source);
      var documents = documents(source.read());
      for (var document : documents) {
        var signatures = signers.stream().map(signer -> signer.sign(document, name)).toList();
        transports.of(image).addSignatures(image.rest(), document, List.copyOf(signatures));
      }
      return documents;
    }
  }

  private List<Document> documents(Artifact artifact) throws IOException {
    var all = new ArrayList<Document>();
    var own = artifact.original();
    if (own != null) {
      all.add(own);
    }
    switch (artifact) {
      case Image _ -> {}
      case Index index -> {
        if (recursive) {
          for (var member : index.members()) {
            all.addAll(documents(member.reader().read()));
          }
        }
      }
    }
    return all;
  }

  private String name(Source source) {
    if (identity != null) {
      return identity;
    }
    var reference = source.identity().reference();
    if (reference == null) {
      throw new OciException(
          OciException.Category.USAGE,
          "sign %s: the image has no name that a signature could carry; say one with --sign-identity"
              .formatted(Quoted.escape(image.toString())));
    }
    return reference.toString();
  }
}
