package dev.ocij.layer;

import dev.ocij.linux.RawName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;

/// Blocks of 512 bytes in the `ustar` format, and the PAX records for what does not fit in them.
final class TarHeader {
  static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  /// Names as [RawName] has them.
  static final ZipEncoding NAMES =
      new ZipEncoding() {
        @Override
        public boolean canEncode(String name) {
          return true;
        }

        @Override
        public ByteBuffer encode(String name) {
          return ByteBuffer.wrap(RawName.encode(name));
        }

        @Override
        public String decode(byte[] name) {
          return RawName.decode(name);
        }
      };

  private static final int LONGEST_NAME = TarConstants.NAMELEN;
  private static final String PAX_NAME = "PaxHeaders.0/x";

  private TarHeader() {}

  /// The block of an entry; what does not fit is cut and stands in [#records].
  static byte[] of(Entry entry) throws IOException {
    var header = new TarArchiveEntry(tarName(entry), linkFlag(entry.type()), true);
    var attributes = entry.attributes();
    header.setMode(attributes.mode());
    header.setIds(0, 0);
    header.setUserId(attributes.owner().uid());
    header.setGroupId(attributes.owner().gid());
    header.setUserName("");
    header.setGroupName("");
    header.setLastModifiedTime(FileTime.from(wholeSeconds(attributes.mtime())));
    header.setSize(entry.size());
    header.setLinkName(entry.target());
    header.setDevMajor(entry.device().major());
    header.setDevMinor(entry.device().minor());
    return block(header);
  }

  /// The block that announces PAX records of this length.
  static byte[] ofRecords(int length) throws IOException {
    var header = new TarArchiveEntry(PAX_NAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC, true);
    header.setMode(0644);
    header.setUserName("");
    header.setGroupName("");
    header.setLastModifiedTime(FileTime.from(Instant.EPOCH));
    header.setSize(length);
    return block(header);
  }

  /// The records that an entry needs beside its block; mostly none.
  static PaxRecords records(Entry entry) {
    var records = new PaxRecords();
    var attributes = entry.attributes();
    putName(records, "path", tarName(entry));
    putName(records, "linkpath", entry.target());
    putNumber(records, "size", entry.size(), TarConstants.MAXSIZE);
    putNumber(records, "uid", attributes.owner().uid(), TarConstants.MAXID);
    putNumber(records, "gid", attributes.owner().gid(), TarConstants.MAXID);
    if (!fits(attributes.mtime())) {
      records.put("mtime", PaxTime.format(attributes.mtime()));
    }
    attributes.xattrs().forEach((name, value) -> records.put(PaxRecords.XATTR + name, value));
    return records;
  }

  private static void putName(PaxRecords records, String key, String name) {
    if (name.length() > LONGEST_NAME || !isPrintable(name)) {
      records.put(key, name);
    }
  }

  private static boolean isPrintable(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static void putNumber(PaxRecords records, String key, long value, long largest) {
    if (value > largest) {
      records.put(key, Long.toString(value));
    }
  }

  private static boolean fits(Instant mtime) {
    return mtime.getNano() == 0
        && mtime.getEpochSecond() >= 0
        && mtime.getEpochSecond() <= TarConstants.MAXSIZE;
  }

  private static Instant wholeSeconds(Instant mtime) {
    return fits(mtime) ? mtime : Instant.ofEpochSecond(Math.max(mtime.getEpochSecond(), 0));
  }

  private static byte[] block(TarArchiveEntry header) throws IOException {
    var block = new byte[BLOCK];
    header.writeEntryHeader(block, NAMES, false);
    return block;
  }

  private static String tarName(Entry entry) {
    if (!entry.isDirectory()) {
      return entry.path();
    }
    return entry.path().isEmpty() ? "./" : entry.path() + "/";
  }

  private static byte linkFlag(Entry.Type type) {
    return switch (type) {
      case FILE -> TarConstants.LF_NORMAL;
      case DIRECTORY -> TarConstants.LF_DIR;
      case SYMLINK -> TarConstants.LF_SYMLINK;
      case HARDLINK -> TarConstants.LF_LINK;
      case CHARACTER -> TarConstants.LF_CHR;
      case BLOCK -> TarConstants.LF_BLK;
      case FIFO -> TarConstants.LF_FIFO;
    };
  }
}
