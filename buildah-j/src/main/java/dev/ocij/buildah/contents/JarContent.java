package dev.ocij.buildah.contents;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;

/// One archive while it is read: what Maven wrote into it, else its manifest, else its name.
final class JarContent {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Pattern MAVEN =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
  private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d[^/]*)");
  private static final int LARGEST_TEXT = 1 << 20;

  /// An application with libraries, in a larger one.
  private static final int DEEPEST = 3;

  private final String path;
  private final int depth;
  private final List<SoftwarePackage> found = new ArrayList<>();
  private Attributes manifest = new Attributes();

  JarContent(String path, int depth) {
    this.path = path;
    this.depth = depth;
  }

  /// The packages in it. What cannot be read as an archive has its name to tell by.
  List<SoftwarePackage> read(InputStream content) throws IOException {
    var inside = new ArrayList<SoftwarePackage>();
    // The caller's stream goes on behind an archive inside another.
    try (var zip = new ZipInputStream(CloseShieldInputStream.wrap(content))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        inside.addAll(read(entry.getName(), zip));
      }
    } catch (ZipException | EOFException | IllegalArgumentException _) {
      // A broken archive, or names in a character set that nobody states.
    }
    var own = found.isEmpty() ? List.of(named()) : found;
    inside.addAll(own);
    return inside;
  }

  private List<SoftwarePackage> read(String name, InputStream entry) throws IOException {
    if (name.equals(MANIFEST)) {
      readManifest(entry.readNBytes(LARGEST_TEXT));
    } else if (MAVEN.matcher(name).matches()) {
      readMaven(entry.readNBytes(LARGEST_TEXT));
    } else if (depth < DEEPEST && JarCatalog.ARCHIVE.matcher(name).matches()) {
      return new JarContent(path + "!/" + name, depth + 1).read(entry);
    }
    return List.of();
  }

  private void readManifest(byte[] text) {
    try {
      manifest = new Manifest(new ByteArrayInputStream(text)).getMainAttributes();
    } catch (IOException _) {
      // A manifest that is none tells nothing; the name still does.
    }
  }

  private void readMaven(byte[] text) throws IOException {
    var properties = new Properties();
    properties.load(new ByteArrayInputStream(text));
    var name = properties.getProperty("artifactId", "");
    if (!name.isEmpty()) {
      found.add(
          of(properties.getProperty("groupId", ""), name, properties.getProperty("version", "")));
    }
  }

  private SoftwarePackage named() {
    var file = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]+$", "");
    var parts = VERSIONED.matcher(file);
    boolean versioned = parts.matches();
    var version = first("Implementation-Version", "Bundle-Version", "Specification-Version");
    var inName = versioned ? parts.group(2) : "";
    return of(
        first("Implementation-Vendor-Id"),
        versioned ? parts.group(1) : file,
        inName.isEmpty() ? version : inName);
  }

  private String first(String... names) {
    for (var name : names) {
      var value = manifest.getValue(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return "";
  }

  private SoftwarePackage of(String group, String name, String version) {
    return new SoftwarePackage(
        PackageUrl.of("maven", group, name, version, Map.of()),
        group.isEmpty() ? name : group + ":" + name,
        version,
        first("Bundle-License"),
        path);
  }
}
