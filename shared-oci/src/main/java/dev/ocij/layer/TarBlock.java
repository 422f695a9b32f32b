package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// One header block as it stands, before names and records that were written ahead of it.
record TarBlock(TarArchiveEntry header, long end) {
  /// @param end where the block ends in the archive, for messages
  static TarBlock parse(byte[] block, long end) {
    try {
      var header = new TarArchiveEntry(block, TarHeader.NAMES, false);
      if (!header.isCheckSumOK()) {
        throw new IllegalArgumentException("its checksum is wrong");
      }
      return new TarBlock(header, end);
    } catch (IOException | IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read tar: the header at byte %d is not valid: %s"
              .formatted(end - TarHeader.BLOCK, Quoted.escape(Reason.of(e))),
          e);
    }
  }

  /// Whether this describes the entry after it. A global header does too, but no reader of layers
  /// heeds one, so we do not either.
  boolean isSpecial() {
    return switch (flag()) {
      case TarConstants.LF_PAX_EXTENDED_HEADER_LC,
          TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER,
          TarConstants.LF_GNUTYPE_LONGNAME,
          TarConstants.LF_GNUTYPE_LONGLINK ->
          true;
      default -> false;
    };
  }

  byte flag() {
    return header.getLinkFlag();
  }

  long size() {
    return header.getSize();
  }

  /// @param name the full one: a trailing slash makes a directory of an old file
  Entry.Type type(String name) {
    return switch (flag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
          name.endsWith("/") ? Entry.Type.DIRECTORY : Entry.Type.FILE;
      case TarConstants.LF_DIR -> Entry.Type.DIRECTORY;
      case TarConstants.LF_LINK -> Entry.Type.HARDLINK;
      case TarConstants.LF_SYMLINK -> Entry.Type.SYMLINK;
      case TarConstants.LF_CHR -> Entry.Type.CHARACTER;
      case TarConstants.LF_BLK -> Entry.Type.BLOCK;
      case TarConstants.LF_FIFO -> Entry.Type.FIFO;
      case TarConstants.LF_GNUTYPE_SPARSE -> throw sparse(name);
      default ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "read tar: %s has the unknown type %s"
                  .formatted(Quoted.of(name), Quoted.of(String.valueOf((char) flag()))));
    };
  }

  static OciException sparse(String name) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "read tar: %s is stored as a sparse file; write the archive without --sparse"
            .formatted(Quoted.of(name)));
  }
}
