package dev.ocij.layer.chunked;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Written;
import dev.ocij.linux.RawName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line of the table of contents: an entry of the layer, or a further chunk of the file before
/// it. Numbers that are zero are left out.
///
/// @param offset where its frame begins, among all bytes of the layer
/// @param endOffset where the last frame of the whole file ends
/// @param chunkSize plain bytes of this chunk, where the file has several
/// @param chunkOffset where the chunk stands in the file
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record TocEntry(
    String type,
    String name,
    @Nullable String linkName,
    long mode,
    long size,
    long uid,
    long gid,
    @Nullable Instant modtime,
    @Nullable Instant accesstime,
    @Nullable Instant changetime,
    long devMajor,
    long devMinor,
    @Nullable Map<String, byte[]> xattrs,
    @Nullable String digest,
    long offset,
    long endOffset,
    long chunkSize,
    long chunkOffset,
    @Nullable String chunkDigest) {
  /// An entry whose content, if any, is not written yet.
  static TocEntry of(Entry entry, Written written) {
    var attributes = entry.attributes();
    var target = text(written.target());
    return new TocEntry(
        type(entry.type()),
        text(written.name()),
        target.isEmpty() ? null : target,
        written.mode(),
        entry.size(),
        attributes.owner().uid(),
        attributes.owner().gid(),
        attributes.mtime(),
        written.atime(),
        written.ctime(),
        entry.device().major(),
        entry.device().minor(),
        attributes.xattrs().isEmpty() ? null : new TreeMap<>(attributes.xattrs()),
        null,
        0,
        0,
        0,
        0,
        null);
  }

  /// A chunk of this file.
  TocEntry chunk(long at, long chunkLength, long chunkAt, String digestOfChunk) {
    return new TocEntry(
        "chunk",
        name,
        null,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        0,
        0,
        null,
        null,
        at,
        0,
        chunkLength,
        chunkAt,
        digestOfChunk);
  }

  /// This file with its content: all that is said of its first chunk, where there are several.
  TocEntry withContent(String contentDigest, long end, TocEntry first, boolean several) {
    return new TocEntry(
        type,
        name,
        linkName,
        mode,
        size,
        uid,
        gid,
        modtime,
        accesstime,
        changetime,
        devMajor,
        devMinor,
        xattrs,
        contentDigest,
        first.offset,
        end,
        several ? first.chunkSize : 0,
        0,
        several ? first.chunkDigest : null);
  }

  private static String type(Entry.Type type) {
    return switch (type) {
      case FILE -> "reg";
      case DIRECTORY -> "dir";
      case SYMLINK -> "symlink";
      case HARDLINK -> "hardlink";
      case CHARACTER -> "char";
      case BLOCK -> "block";
      case FIFO -> "fifo";
    };
  }

  /// JSON has no bytes that are no text.
  private static String text(String name) {
    return new String(RawName.encode(name), StandardCharsets.UTF_8);
  }
}
