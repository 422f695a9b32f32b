package dev.ocij.layer;

import dev.ocij.linux.RawName;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.time.Instant;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// What stands ahead of a header and completes it: PAX records, and GNU's long names.
final class TarSpecials {
  private PaxRecords records = new PaxRecords();
  private @Nullable String longName;
  private @Nullable String longTarget;

  void add(TarBlock header, byte[] content) {
    switch (header.flag()) {
      case TarConstants.LF_GNUTYPE_LONGNAME -> longName = untilZero(content);
      case TarConstants.LF_GNUTYPE_LONGLINK -> longTarget = untilZero(content);
      case TarConstants.LF_PAX_EXTENDED_HEADER_LC -> records = parse(header, content);
      default -> {}
    }
  }

  /// The entry that this header and all before it describe.
  Entry complete(TarBlock block) {
    var name = name(block);
    try {
      return checked(entry(block, name));
    } catch (IllegalArgumentException e) {
      throw invalid(name, Reason.of(e));
    }
  }

  /// What this header and all before it say beside the entry.
  Written written(TarBlock block) {
    var header = block.header();
    var name = name(block);
    try {
      return new Written(
          name,
          first(longTarget, records.text("linkpath"), header.getLinkName()),
          header.getMode(),
          time("atime"),
          time("ctime"));
    } catch (IllegalArgumentException e) {
      throw invalid(name, Reason.of(e));
    }
  }

  private @Nullable Instant time(String key) {
    var text = records.text(key);
    return text == null || text.isEmpty() ? null : PaxTime.parse(text);
  }

  private Entry entry(TarBlock block, String name) {
    if (records.hasPrefix("GNU.sparse.")) {
      throw TarBlock.sparse(name);
    }
    var type = block.type(name);
    var header = block.header();
    return new Entry(
        TreePath.of(name),
        type,
        attributes(block),
        type == Entry.Type.FILE ? number("size", header.getSize()) : 0,
        target(type, first(longTarget, records.text("linkpath"), header.getLinkName())),
        new Device(header.getDevMajor(), header.getDevMinor()));
  }

  private Attributes attributes(TarBlock block) {
    var header = block.header();
    var owner =
        new Owner(number("uid", header.getLongUserId()), number("gid", header.getLongGroupId()));
    var mtime = records.text("mtime");
    return new Attributes(
        header.getMode() & Attributes.MODE_MASK,
        owner.equals(Owner.ROOT) ? Owner.ROOT : owner,
        mtime == null || mtime.isEmpty()
            ? Instant.ofEpochSecond(header.getLastModifiedTime().toInstant().getEpochSecond())
            : PaxTime.parse(mtime),
        records.xattrs());
  }

  private String name(TarBlock block) {
    return first(longName, records.text("path"), block.header().getName());
  }

  private static String target(Entry.Type type, String written) {
    return switch (type) {
      case HARDLINK -> TreePath.of(written);
      case SYMLINK -> written;
      default -> "";
    };
  }

  private static Entry checked(Entry entry) {
    if (entry.path().isEmpty() && !entry.isDirectory()) {
      throw new IllegalArgumentException("it replaces the root");
    }
    if (entry.isSymlink() && (entry.target().isEmpty() || entry.target().indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("its target is no path");
    }
    if (entry.path().length() > TreePath.LONGEST || entry.target().length() > TreePath.LONGEST) {
      throw new IllegalArgumentException("its name is longer than a path can be");
    }
    return entry;
  }

  private long number(String key, long otherwise) {
    var text = records.text(key);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,19}")) {
      throw new IllegalArgumentException("its record of %s is no size or id".formatted(key));
    }
    return Long.parseLong(text);
  }

  private static PaxRecords parse(TarBlock header, byte[] content) {
    try {
      return PaxRecords.parse(content);
    } catch (IllegalArgumentException e) {
      throw invalid(header.header().getName(), Reason.of(e));
    }
  }

  private static OciException invalid(String name, String found) {
    return new OciException(
        OciException.Category.INVALID, "read tar: entry %s: %s".formatted(Quoted.of(name), found));
  }

  private static String first(@Nullable String one, @Nullable String two, String otherwise) {
    if (one != null) {
      return one;
    }
    return two == null || two.isEmpty() ? otherwise : two;
  }

  private static String untilZero(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    return RawName.decode(Arrays.copyOf(content, end));
  }
}
