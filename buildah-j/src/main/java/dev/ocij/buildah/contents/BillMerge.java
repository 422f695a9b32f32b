package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How several bills become one.
public enum BillMerge {
  /// One behind the other.
  CAT("cat", "", ""),
  /// The first, and of the others the components that no earlier one has.
  CYCLONEDX("merge-cyclonedx-by-component-name-and-version", "components", "version"),
  /// The first, and of the others the packages that no earlier one has.
  SPDX("merge-spdx-by-package-name-and-versioninfo", "packages", "versionInfo");

  /// A scanner tells of each file, so that its bills are larger than other documents.
  public static final int LARGEST = 64 << 20;

  private final String text;
  private final String list;
  private final String version;

  /// @param list the member of a document that is merged
  /// @param version what of its elements counts beside their names
  BillMerge(String text, String list, String version) {
    this.text = text;
    this.list = list;
    this.version = version;
  }

  /// As `--sbom-merge-strategy` has it.
  public static BillMerge parse(String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "unknown --sbom-merge-strategy %s: expected %s"
                    .formatted(
                        Quoted.of(text),
                        Arrays.stream(values())
                            .map(each -> each.text)
                            .collect(Collectors.joining(", ")))));
  }

  /// @param documents not empty, in the order in which they were made; one alone stays as it is
  /// @param purls whether somebody asks for the Package URLs
  /// @throws OciException of category `INVALID` where one is no JSON and has to be, or has
  ///   something without a name to merge
  public Bill merge(List<byte[]> documents, boolean purls) {
    if (documents.size() == 1 || this == CAT) {
      var read = purls ? documents.stream().map(BillMerge::read) : Stream.<JsonNode>of();
      return Bill.of(joined(documents), read);
    }
    return Bill.of(merged(documents.stream().map(BillMerge::read).map(BillMerge::object).toList()));
  }

  private JsonNode merged(List<ObjectNode> bills) {
    var result = bills.getFirst();
    var all = Json.array();
    var known = new HashSet<List<String>>();
    // What the first has stays, whatever it is.
    for (var element : result.path(list)) {
      known.add(key(element));
      all.add(element);
    }
    for (var bill : bills.subList(1, bills.size())) {
      for (var element : bill.path(list)) {
        if (known.add(key(element))) {
          all.add(element);
        }
      }
    }
    result.set(list, all);
    return result;
  }

  private List<String> key(JsonNode element) {
    if (!element.path("name").isTextual()) {
      throw new OciException(
          OciException.Category.INVALID,
          "merge bills of a scanner: in \"%s\" something has no name; choose \"cat\""
              .formatted(list));
    }
    return List.of(element.path("name").asText(), element.path(version).asText());
  }

  static JsonNode read(byte[] document) {
    return Json.readTree(document, LARGEST, "the bill that a scanner wrote");
  }

  private static ObjectNode object(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new OciException(
        OciException.Category.INVALID,
        "merge bills of a scanner: one is no JSON object; choose \"cat\"");
  }

  private static byte[] joined(List<byte[]> documents) {
    var all = new ByteArrayOutputStream();
    documents.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
