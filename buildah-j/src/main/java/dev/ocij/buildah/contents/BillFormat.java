package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;

/// The forms of a bill of material.
public enum BillFormat {
  SPDX("https://spdx.dev/Document", "spdxVersion") {
    @Override
    public JsonNode write(BillSubject image, ImageContents contents) {
      return SpdxBill.of(image, contents);
    }
  },
  CYCLONEDX("https://cyclonedx.org/bom", "bomFormat") {
    @Override
    public JsonNode write(BillSubject image, ImageContents contents) {
      return CycloneDxBill.of(image, contents);
    }
  };

  private final String predicateType;
  private final String mark;

  /// @param mark a member that documents of this format have, and no others
  BillFormat(String predicateType, String mark) {
    this.predicateType = predicateType;
    this.mark = mark;
  }

  /// Whether a bill that somebody else made is of this format.
  public boolean isOf(JsonNode document) {
    return document.path(mark).isTextual();
  }

  /// The kind of statement that such a bill is.
  public String predicateType() {
    return predicateType;
  }

  /// The same bytes for the same image.
  public abstract JsonNode write(BillSubject image, ImageContents contents);
}
