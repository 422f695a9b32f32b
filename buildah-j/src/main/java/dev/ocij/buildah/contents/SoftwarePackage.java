package dev.ocij.buildah.contents;

import java.util.Comparator;

/// One package that was found in an image.
///
/// @param purl its Package URL
/// @param version empty where nothing tells it
/// @param license as the package declares it, in its own words; empty where it does not
/// @param foundIn the file of the image that tells of it
public record SoftwarePackage(
    String purl, String name, String version, String license, String foundIn)
    implements Comparable<SoftwarePackage> {
  private static final Comparator<SoftwarePackage> ORDER =
      Comparator.comparing(SoftwarePackage::purl).thenComparing(SoftwarePackage::foundIn);

  @Override
  public int compareTo(SoftwarePackage other) {
    return ORDER.compare(this, other);
  }
}
