package dev.ocij.buildah.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of package manager leaves is found, and named as all ecosystems name it.
class ImageContentsTest {
  private static final String DPKG =
      """
      Package: libc6
      Status: install ok installed
      Architecture: amd64
      Version: 2.36-9+deb12u4
      Description: a library
       Version: not this one
      .
      Package: gone
      Status: deinstall ok config-files
      Version: 1

      Package: held
      Status: hold ok installed
      Architecture: all
      Version: 1:2.0~rc1
      """
          .replace("\n.\n", "\n\n");

  @Test
  void packages_of_dpkg_are_those_that_are_installed() throws IOException {
    var found =
        contents(
            Map.of(
                "etc/os-release",
                "PRETTY_NAME=\"x\"\nID=debian\nVERSION_ID=\"12\"\n",
                "var/lib/dpkg/status",
                DPKG));
    assertThat(found.distribution()).isEqualTo("debian");
    assertThat(purls(found))
        .containsExactly(
            "pkg:deb/debian/held@1:2.0~rc1?arch=all&distro=debian-12",
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var/lib/dpkg/status.d/base              | Package: base-files\\nVersion: 12\\nArchitecture: arm64 | pkg:deb/debian/base-files@12?arch=arm64
          var/lib/dpkg/status.d/base.md5sums      | Package: no\\nVersion: 1                               |
          lib/apk/db/installed                    | C:Q1x\\nP:musl\\nV:1.2.5-r0\\nA:x86_64\\nL:MIT\\n\\n       | pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64
          usr/lib/apk/db/installed                | P:a\\nV:1                                              | pkg:apk/alpine/a@1
          app/node_modules/left/package.json      | {"name":"left","version":"1.2.3","license":"MIT"}      | pkg:npm/left@1.2.3
          app/node_modules/@a/b/package.json      | {"name":"@a/b","version":"1.0.0-x"}                    | pkg:npm/%40a/b@1.0.0-x
          app/node_modules/left/lib/package.json  | {"name":"no","version":"1"}                            |
          app/node_modules/esm/package.json       | {"type":"module"}                                      |
          app/package.json                        | {"name":"own","version":"1"}                           |
          v/site-packages/A_b-2.dist-info/METADATA| Metadata-Version: 2.1\\nName: A_b\\nVersion: 2\\nLicense: BSD\\n\\nName: no | pkg:pypi/a-b@2
          v/lib/C.egg-info/PKG-INFO               | Name: C\\nVersion: 3.0                                 | pkg:pypi/c@3.0
          v/lib/D-4.egg-info                      | Name: D\\nVersion: 4                                   | pkg:pypi/d@4
          srv/PKG-INFO                            | Name: no\\nVersion: 1                                  |
          srv/broken-lib-1.4.jar                  | no archive                                             | pkg:maven/broken-lib@1.4
          """)
  void names_what_a_file_tells(String path, String content, String purl) throws IOException {
    var found = contents(Map.of(path, content.replace("\\n", "\n")));
    assertThat(purls(found)).isEqualTo(purl == null ? List.of() : List.of(purl));
  }

  @Test
  void licenses_are_kept_as_they_are_declared() throws IOException {
    var found =
        contents(
            Map.of(
                "lib/apk/db/installed", "P:a\nV:1\nL:MIT AND X\n",
                "n/node_modules/b/package.json",
                    "{\"name\":\"b\",\"version\":\"1\",\"license\":{\"type\":\"ISC\"}}",
                "p/c.dist-info/METADATA", "Name: c\nVersion: 1\nLicense: UNKNOWN\n"));
    assertThat(found.packages())
        .extracting(SoftwarePackage::license)
        .containsExactly("MIT AND X", "ISC", "");
  }

  @Test
  void archives_tell_by_maven_or_manifest_or_name_and_those_inside_too() throws IOException {
    var library =
        zip(
            Map.of(
                "META-INF/maven/org.x/y/pom.properties",
                "groupId=org.x\nartifactId=y\nversion=7\n".getBytes(StandardCharsets.UTF_8)));
    var manifest =
        "Manifest-Version: 1.0\nImplementation-Version: 5\nImplementation-Vendor-Id: com.z\n"
            .getBytes(StandardCharsets.UTF_8);
    var application =
        zip(Map.of("META-INF/MANIFEST.MF", manifest, "BOOT-INF/lib/y-7.jar", library));
    var found =
        ImageContents.of(
            tree(layout -> layout.file("/app/shop.jar", Attributes.FILE, application)));
    assertThat(purls(found)).containsExactly("pkg:maven/com.z/shop@5", "pkg:maven/org.x/y@7");
    assertThat(found.packages().getLast().foundIn())
        .isEqualTo("app/shop.jar!/BOOT-INF/lib/y-7.jar");
  }

  @Test
  void what_a_later_layer_removed_is_not_there() throws IOException {
    var below = part(layout -> layout.file("/lib/apk/db/installed", Attributes.FILE, "P:a\nV:1\n"));
    var above = part(layout -> layout.whiteout("/lib/apk/db/installed"));
    assertThat(ImageContents.of(LayeredTree.of(List.of(below, above))).packages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var/lib/rpm/Packages            | rpm databases in the format Berkeley DB are not read; only SQLite ones are
          usr/lib/sysimage/rpm/Packages.db| rpm databases in the format ndb are not read; only SQLite ones are
          var/lib/rpm/rpmdb.sqlite        | a broken database: no SQLite database
          var/lib/rpm/rpmdb.sqlite-wal    | the database has changes that are in this journal alone, which is not read; let the last step that uses rpm close it
          """)
  void a_database_that_cannot_be_read_is_named(String path, String sentence) {
    assertThatThrownBy(() -> contents(Map.of(path, "content")))
        .hasMessage("tell the contents of the image: \"%s\": %s".formatted(path, sentence));
  }

  static ImageContents contents(Map<String, String> files) throws IOException {
    return ImageContents.of(
        tree(layout ->
            files.forEach((path, content) -> layout.file(path, Attributes.FILE, content))));
  }

  private static LayeredTree tree(Consumer<Layout> layout) {
    return LayeredTree.of(List.of(part(layout)));
  }

  private static LayeredTree.Part part(Consumer<Layout> layout) {
    return Layer.of(layout).part();
  }

  private static List<String> purls(ImageContents contents) {
    return contents.packages().stream().map(SoftwarePackage::purl).toList();
  }

  /// Archives inside are stored, as Spring Boot does it.
  private static byte[] zip(Map<String, byte[]> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var each : entries.entrySet()) {
        var entry = new ZipEntry(each.getKey());
        if (each.getKey().endsWith(".jar")) {
          var crc = new CRC32();
          crc.update(each.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(each.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(each.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
