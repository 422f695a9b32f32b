package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.time.temporal.ChronoUnit;

/// A bill of material in SPDX 2.3, in JSON.
final class SpdxBill {
  private static final String UNKNOWN = "NOASSERTION";
  private static final String DOCUMENT = "SPDXRef-DOCUMENT";
  private static final String IMAGE = "SPDXRef-Image";

  private SpdxBill() {}

  static JsonNode of(BillSubject image, ImageContents contents) {
    var bill =
        Json.object()
            .put("spdxVersion", "SPDX-2.3")
            .put("dataLicense", "CC0-1.0")
            .put("SPDXID", DOCUMENT)
            .put("name", image.name())
            .put(
                "documentNamespace",
                "https://spdx.org/spdxdocs/%s-%s".formatted(BillSubject.TOOL, image.id().hex()));
    bill.putObject("creationInfo")
        .put("created", image.created().truncatedTo(ChronoUnit.SECONDS).toString())
        .putArray("creators")
        .add("Tool: %s-%s".formatted(BillSubject.TOOL, BillSubject.TOOL_VERSION));
    var packages = bill.putArray("packages");
    var relationships = bill.putArray("relationships");
    addImage(image, packages);
    relate(DOCUMENT, "DESCRIBES", IMAGE, relationships);
    for (int i = 0; i < contents.packages().size(); i++) {
      var id = "SPDXRef-Package-" + (i + 1);
      add(id, contents.packages().get(i), packages);
      relate(IMAGE, "CONTAINS", id, relationships);
    }
    return bill;
  }

  private static void addImage(BillSubject image, ArrayNode packages) {
    begun(IMAGE, image.name(), image.id().toString(), packages)
        .put("primaryPackagePurpose", "CONTAINER");
  }

  private static void add(String id, SoftwarePackage found, ArrayNode packages) {
    var added = begun(id, found.name(), found.version(), packages);
    added.put("sourceInfo", "found in /" + found.foundIn());
    if (!found.license().isEmpty()) {
      added.put("licenseComments", "declared as: " + found.license());
    }
    added
        .putArray("externalRefs")
        .addObject()
        .put("referenceCategory", "PACKAGE-MANAGER")
        .put("referenceType", "purl")
        .put("referenceLocator", found.purl());
  }

  private static ObjectNode begun(String id, String name, String version, ArrayNode packages) {
    var begun = packages.addObject().put("SPDXID", id).put("name", name);
    if (!version.isEmpty()) {
      begun.put("versionInfo", version);
    }
    return begun
        .put("downloadLocation", UNKNOWN)
        .put("filesAnalyzed", false)
        .put("licenseConcluded", UNKNOWN)
        .put("licenseDeclared", UNKNOWN)
        .put("copyrightText", UNKNOWN);
  }

  private static void relate(String from, String type, String to, ArrayNode relationships) {
    relationships
        .addObject()
        .put("spdxElementId", from)
        .put("relationshipType", type)
        .put("relatedSpdxElement", to);
  }
}
