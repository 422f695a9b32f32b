package dev.ocij.buildah.contents;

import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// Which distribution an image is of, as its os-release says; empty texts where it does not.
record OsRelease(String id, String version) {
  static final OsRelease NONE = new OsRelease("", "");

  private static final List<String> PLACES = List.of("etc/os-release", "usr/lib/os-release");
  private static final Pattern LINE = Pattern.compile("([A-Z_]+)=[\"']?([^\"']*)[\"']?");

  static OsRelease of(LayeredTree tree) throws IOException {
    for (var place : PLACES) {
      var file = tree.resolve(place);
      if (file.isPresent() && file.get().isFile()) {
        return parse(FileContent.text(tree, file.get()));
      }
    }
    return NONE;
  }

  static OsRelease parse(String text) {
    var id = "";
    var version = "";
    for (var line : text.lines().toList()) {
      var matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        id = matcher.group(1).equals("ID") ? matcher.group(2) : id;
        version = matcher.group(1).equals("VERSION_ID") ? matcher.group(2) : version;
      }
    }
    return new OsRelease(id, version);
  }

  /// As packages name it: `debian-12`.
  String distro() {
    return version.isEmpty() ? id : id + "-" + version;
  }

  /// The distribution that a package is of.
  ///
  /// @param usual where the image does not say
  String idOr(String usual) {
    return id.isEmpty() ? usual : id;
  }
}
