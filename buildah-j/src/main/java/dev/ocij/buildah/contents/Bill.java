package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A bill of material as it is written down.
///
/// @param document in JSON, or several of them one behind the other
/// @param purls the Package URLs in it, sorted
public record Bill(byte[] document, List<String> purls) {
  public Bill {
    purls = List.copyOf(purls);
  }

  static Bill of(byte[] document, Stream<JsonNode> trees) {
    var purls = new TreeSet<String>();
    trees
        .flatMap(tree ->
            Stream.of("purl", "referenceLocator")
                .flatMap(field -> tree.findValuesAsText(field).stream()))
        .filter(text -> text.startsWith("pkg:"))
        .forEach(purls::add);
    return new Bill(document, List.copyOf(purls));
  }

  /// The bill that was made of an image.
  public static Bill of(JsonNode tree) {
    return of(Json.write(tree), Stream.of(tree));
  }

  /// The document, which a scanner wrote; empty where it is no JSON, or several documents.
  public Optional<JsonNode> tree() {
    try {
      return Optional.of(BillMerge.read(document));
    } catch (OciException _) {
      return Optional.empty();
    }
  }

  /// The Package URLs as buildah writes them.
  public byte[] purlDocument() {
    var listing = Json.object();
    var all = listing.putObject("image_contents").putArray("dependencies");
    purls.forEach(all::add);
    return Json.write(listing);
  }
}
