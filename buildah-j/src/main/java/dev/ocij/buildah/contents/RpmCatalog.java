package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// rpm's packages, of databases in SQLite. Older formats are named, not passed over.
final class RpmCatalog implements Catalog {
  private static final Pattern PLACES =
      Pattern.compile(
          "(var/lib|usr/lib/sysimage|usr/share)/rpm/(rpmdb\\.sqlite(-wal)?|Packages\\.db|Packages)");
  private static final String SQLITE = ".sqlite";
  private static final String JOURNAL = "-wal";

  /// Keys that rpm trusts stand in its database as packages of this name.
  private static final String KEY = "gpg-pubkey";

  @Override
  public boolean tells(String path) {
    return PLACES.matcher(path).matches();
  }

  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    if (file.path().endsWith(JOURNAL)) {
      return ofJournal(file);
    }
    if (!file.path().endsWith(SQLITE)) {
      var format = file.path().endsWith(".db") ? "ndb" : "Berkeley DB";
      throw failed(
          file,
          "rpm databases in the format %s are not read; only SQLite ones are".formatted(format));
    }
    try {
      return SqliteTable.column(FileContent.read(tree, file), "Packages", 1).stream()
          .map(RpmHeader::parse)
          .filter(header -> !header.text(RpmHeader.NAME).equals(KEY))
          .map(header -> of(header, file.path(), os))
          .toList();
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw failed(file, "a broken database: " + e.getMessage());
    }
  }

  /// An empty one is what a closed database leaves.
  private static List<SoftwarePackage> ofJournal(Entry file) {
    if (file.size() > 0) {
      throw failed(
          file,
          "the database has changes that are in this journal alone, which is not read; let the last"
              + " step that uses rpm close it");
    }
    return List.of();
  }

  private static SoftwarePackage of(RpmHeader header, String path, OsRelease os) {
    var name = header.text(RpmHeader.NAME);
    var version = header.text(RpmHeader.VERSION) + "-" + header.text(RpmHeader.RELEASE);
    var epoch = header.number(RpmHeader.EPOCH);
    var qualifiers =
        Map.of("arch", header.text(RpmHeader.ARCHITECTURE), "epoch", epoch, "distro", os.distro());
    return new SoftwarePackage(
        PackageUrl.of("rpm", os.idOr("rpm"), name, version, qualifiers),
        name,
        epoch.isEmpty() ? version : epoch + ":" + version,
        header.text(RpmHeader.LICENSE),
        path);
  }

  private static OciException failed(Entry file, String found) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "tell the contents of the image: %s: %s".formatted(Quoted.of(file.path()), found));
  }
}
