package dev.ocij.buildah.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.OciException;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases of rpm, made by SQLite itself, with headers as rpm has them.
@Tag("tool")
class RpmCatalogTest {
  /// Writes a database of so many packages, with pages of a size, and rows that fill several.
  private static final String MAKE =
      """
      import sqlite3, struct, sys
      def header(tags):
          index, store = b'', b''
          for tag, value in tags:
              if isinstance(value, int):
                  store += b'\\0' * (-len(store) % 4)
                  kind, data = 4, struct.pack('>i', value)
              else:
                  kind, data = 6, value.encode() + b'\\0'
              index += struct.pack('>iiii', tag, kind, len(store), 1)
              store += data
          return struct.pack('>ii', len(tags), len(store)) + index + store
      path, count, page = sys.argv[1], int(sys.argv[2]), sys.argv[3]
      db = sqlite3.connect(path)
      db.execute('PRAGMA page_size = ' + page)
      db.execute('CREATE TABLE Other (x)')
      db.execute('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)')
      add = 'INSERT INTO Packages (blob) VALUES (?)'
      db.execute(add, (header([(1000, 'gpg-pubkey'), (1001, 'aa'), (1002, 'bb')]),))
      for i in range(count):
          tags = [(1004, 'x' * (i * 37 % 9000)), (1000, 'p%d' % i), (1001, '1.%d' % i), (1002, '2.el9'),
                  (1022, 'x86_64'), (1014, 'GPLv2+')]
          if i == 0: tags.append((1003, 3))
          db.execute(add, (header(tags),))
      db.commit()
      db.close()
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"1 512", "5 4096", "600 4096", "600 512", "300 65536"})
  void packages_of_a_database_are_found(String countAndPage) throws IOException {
    var words = countAndPage.split(" ");
    var found = read(database(words[0], words[1]));
    assertThat(found).hasSize(Integer.parseInt(words[0]));
    assertThat(found)
        .contains(
            new SoftwarePackage(
                "pkg:rpm/rpm/p0@1.0-2.el9?arch=x86_64&epoch=3",
                "p0",
                "3:1.0-2.el9",
                "GPLv2+",
                "var/lib/rpm/rpmdb.sqlite"));
    assertThat(found).extracting(SoftwarePackage::name).doesNotHaveDuplicates();
  }

  @Test
  void a_broken_database_ends_in_a_sentence() throws IOException {
    var good = database("50", "512");
    var random = new Random(1);
    for (int i = 0; i < 500; i++) {
      var bad = good.clone();
      for (int change = 0; change < 20; change++) {
        bad[100 + random.nextInt(bad.length - 100)] = (byte) random.nextInt();
      }
      try {
        read(bad);
      } catch (OciException e) {
        assertThat(e.sentence()).contains("a broken database: ");
      }
    }
    var cut = Arrays.copyOf(good, good.length / 2);
    assertThatThrownBy(() -> read(cut)).hasMessageContaining("a broken database: ");
  }

  private byte[] database(String count, String page) throws IOException {
    var file = folder.resolve("rpmdb.sqlite");
    Tool.required("python3").run("-c", MAKE, file.toString(), count, page).succeeded();
    return Files.readAllBytes(file);
  }

  private static List<SoftwarePackage> read(byte[] database) throws IOException {
    var layer =
        Layer.of(layout -> layout.file("/var/lib/rpm/rpmdb.sqlite", Attributes.FILE, database));
    return ImageContents.of(LayeredTree.of(List.of(layer.part()))).packages();
  }
}
