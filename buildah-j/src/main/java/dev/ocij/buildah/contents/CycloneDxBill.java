package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A bill of material in CycloneDX 1.5, in JSON.
final class CycloneDxBill {
  private CycloneDxBill() {}

  static JsonNode of(BillSubject image, ImageContents contents) {
    var serial = UUID.nameUUIDFromBytes(image.id().toString().getBytes(StandardCharsets.US_ASCII));
    var bill =
        Json.object()
            .put("bomFormat", "CycloneDX")
            .put("specVersion", "1.5")
            .put("serialNumber", "urn:uuid:" + serial)
            .put("version", 1);
    addMetadata(image, bill.putObject("metadata"));
    var components = bill.putArray("components");
    if (!contents.distribution().isEmpty()) {
      addDistribution(contents, components);
    }
    for (int i = 0; i < contents.packages().size(); i++) {
      add("package-" + (i + 1), contents.packages().get(i), components);
    }
    return bill;
  }

  private static void addMetadata(BillSubject image, ObjectNode metadata) {
    metadata.put("timestamp", image.created().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata
        .putObject("tools")
        .putArray("components")
        .addObject()
        .put("type", "application")
        .put("name", BillSubject.TOOL)
        .put("version", BillSubject.TOOL_VERSION);
    metadata
        .putObject("component")
        .put("type", "container")
        .put("bom-ref", "image")
        .put("name", image.name())
        .put("version", image.id().toString());
  }

  private static void addDistribution(ImageContents contents, ArrayNode components) {
    var added =
        components
            .addObject()
            .put("type", "operating-system")
            .put("bom-ref", "distribution")
            .put("name", contents.distribution());
    if (!contents.distributionVersion().isEmpty()) {
      added.put("version", contents.distributionVersion());
    }
  }

  private static void add(String id, SoftwarePackage found, ArrayNode components) {
    var added =
        components.addObject().put("type", "library").put("bom-ref", id).put("name", found.name());
    if (!found.version().isEmpty()) {
      added.put("version", found.version());
    }
    if (!found.license().isEmpty()) {
      added.putArray("licenses").addObject().putObject("license").put("name", found.license());
    }
    added.put("purl", found.purl());
    added
        .putObject("evidence")
        .putArray("occurrences")
        .addObject()
        .put("location", "/" + found.foundIn());
  }
}
