package dev.ocij.buildah.contents;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rows of one table of a SQLite database, read from its pages: SQLite, "Database File Format".
/// Of what such a file may hold this knows tables that have row ids, which is enough for rpm's.
final class SqliteTable {
  private static final String MAGIC = "SQLite format 3\0";
  private static final int HEADER = 100;
  private static final int LEAF = 13;
  private static final int INTERIOR = 5;

  private final ByteBuffer file;
  private final int pageSize;
  private final int usable;
  private final Set<Integer> seen = new HashSet<>();

  /// No two rows share bytes, so that all together are no longer than the file.
  private long left;

  private SqliteTable(ByteBuffer file) {
    this.file = file;
    int size = Short.toUnsignedInt(file.getShort(16));
    this.pageSize = size == 1 ? 1 << 16 : size;
    this.usable = pageSize - Byte.toUnsignedInt(file.get(20));
  }

  /// The values of one column of blobs or texts.
  ///
  /// @param column from 0
  /// @throws IllegalArgumentException where this is no database, or a broken one
  static List<byte[]> column(byte[] database, String table, int column) {
    var magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    if (database.length < HEADER
        || !ByteBuffer.wrap(database, 0, magic.length).equals(ByteBuffer.wrap(magic))) {
      throw new IllegalArgumentException("no SQLite database");
    }
    var sqlite = new SqliteTable(ByteBuffer.wrap(database));
    try {
      return sqlite.rows(sqlite.root(table)).stream().map(row -> row.value(column)).toList();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a page or a value lies outside of the file", e);
    }
  }

  /// The page at which a table begins, as the schema on the first page says.
  private int root(String table) {
    for (var row : rows(1)) {
      if (row.text(0).equals("table") && row.text(1).equals(table)) {
        return (int) number(row.value(3));
      }
    }
    throw new IllegalArgumentException("no table " + table);
  }

  private List<SqliteRow> rows(int page) {
    seen.clear();
    left = file.capacity();
    var rows = new ArrayList<SqliteRow>();
    collect(page, rows);
    return rows;
  }

  private void collect(int page, List<SqliteRow> rows) {
    int start = start(page);
    int header = page == 1 ? start + HEADER : start;
    int kind = file.get(header);
    if (!seen.add(page) || (kind != LEAF && kind != INTERIOR)) {
      throw new IllegalArgumentException("page %d is none of a table".formatted(page));
    }
    int cells = Short.toUnsignedInt(file.getShort(header + 3));
    int pointers = header + (kind == LEAF ? 8 : 12);
    for (int i = 0; i < cells; i++) {
      int cell = start + Short.toUnsignedInt(file.getShort(pointers + 2 * i));
      if (kind == LEAF) {
        rows.add(new SqliteRow(ByteBuffer.wrap(payload(cell))));
      } else {
        collect(file.getInt(cell), rows);
      }
    }
    if (kind == INTERIOR) {
      collect(file.getInt(header + 8), rows);
    }
  }

  private int start(int page) {
    return Math.toIntExact((page - 1L) * pageSize);
  }

  /// The row of a cell, which goes on in other pages where it is long.
  private byte[] payload(int cell) {
    var length = Varint.read(file, cell);
    var rowId = Varint.read(file, cell + length.size());
    int size = Math.toIntExact(length.value());
    left -= size;
    if (size < 0 || left < 0) {
      throw new IllegalArgumentException("the rows are longer than the file");
    }
    int at = cell + length.size() + rowId.size();
    int local = local(size);
    var row = new ByteArrayOutputStream(size);
    write(at, local, row);
    int overflow = local < size ? file.getInt(at + local) : 0;
    while (row.size() < size) {
      int page = start(overflow);
      overflow = file.getInt(page);
      write(page + 4, Math.min(size - row.size(), usable - 4), row);
    }
    return row.toByteArray();
  }

  private void write(int at, int length, ByteArrayOutputStream to) {
    var bytes = new byte[length];
    file.get(at, bytes);
    to.writeBytes(bytes);
  }

  /// How much of a row is in its own page.
  private int local(int size) {
    int most = usable - 35;
    if (size <= most) {
      return size;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (size - least) % (usable - 4);
    return fitting <= most ? fitting : least;
  }

  private static long number(byte[] bigEndian) {
    long value = 0;
    for (byte each : bigEndian) {
      value = value << 8 | (each & 0xff);
    }
    return value;
  }
}
