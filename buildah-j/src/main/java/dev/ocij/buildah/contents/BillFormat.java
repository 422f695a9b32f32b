package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;

/// The forms of a bill of material.
public enum BillFormat {
  SPDX("https://spdx.dev/Document") {
    @Override
    public JsonNode write(BillSubject image, ImageContents contents) {
      return SpdxBill.of(image, contents);
    }
  },
  CYCLONEDX("https://cyclonedx.org/bom") {
    @Override
    public JsonNode write(BillSubject image, ImageContents contents) {
      return CycloneDxBill.of(image, contents);
    }
  };

  private final String predicateType;

  BillFormat(String predicateType) {
    this.predicateType = predicateType;
  }

  /// The kind of statement that such a bill is.
  public String predicateType() {
    return predicateType;
  }

  /// The same bytes for the same image.
  public abstract JsonNode write(BillSubject image, ImageContents contents);
}
