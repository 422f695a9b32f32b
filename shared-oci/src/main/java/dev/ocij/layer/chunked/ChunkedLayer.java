package dev.ocij.layer.chunked;

import dev.ocij.image.Compression;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TarReader;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes one layer: first its tar, then its table of contents and what puts the tar together
/// again, each in a frame that readers skip, and last a frame that says where these are.
///
/// The bytes depend on the tar and the level alone.
public final class ChunkedLayer {
  private static final String PREFIX = "io.github.containers.zstd-chunked.";

  /// The annotation that a layer in this format has.
  public static final String CHECKSUM = PREFIX + "manifest-checksum";

  private static final String POSITION = PREFIX + "manifest-position";
  private static final String TAR_SPLIT = PREFIX + "tarsplit-position";

  /// Says that the table of contents is of the kind written here.
  private static final long TYPE = 1;

  private static final byte[] MAGIC = {'G', 'N', 'U', 'l', 'I', 'n', 'U', 'x'};
  private static final int FOOTER = 64;

  private final Tap tar;
  private final TarReader reader;
  private final Frames frames;
  private final TarSplit split;
  private final ByteArrayOutputStream between = new ByteArrayOutputStream();
  private final List<TocEntry> entries = new ArrayList<>();

  private ChunkedLayer(InputStream tar, Frames frames, TarSplit split) {
    this.tar = new Tap(tar);
    this.reader = new TarReader(this.tar);
    this.frames = frames;
    this.split = split;
  }

  /// Writes the layer with this plain tar; neither stream is closed.
  ///
  /// @return the annotations of its descriptor, without which nobody looks for the table
  public static Map<String, String> write(InputStream tar, OutputStream out, int level)
      throws IOException {
    try (var frames = new Frames(out, level)) {
      return new ChunkedLayer(tar, frames, new TarSplit(Compression.zstdLevel(level))).write();
    }
  }

  private Map<String, String> write() throws IOException {
    var chunks = new FileChunks(frames);
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      write(entry, chunks);
    }
    passSegment(false);
    endBetween();
    return writeEnd();
  }

  private void write(Entry entry, FileChunks chunks) throws IOException {
    boolean full = entry.size() > 0;
    passSegment(!full);
    var line = TocEntry.of(entry, reader.written());
    if (full) {
      endBetween();
      var crc = new Crc64();
      entries.addAll(chunks.write(line, reader.content(), crc));
      split.file(reader.written().name(), entry.size(), crc);
      tar.take(true);
    } else {
      entries.add(line);
      split.file(reader.written().name(), 0, null);
    }
  }

  /// Headers, padding, the end: what was read and is no file's content.
  private void passSegment(boolean keepWhatFollows) throws IOException {
    var bytes = tar.take(keepWhatFollows);
    split.segment(bytes);
    between.write(bytes);
  }

  private void endBetween() throws IOException {
    if (between.size() > 0) {
      frames.write(between.toByteArray(), between.size());
      between.reset();
    }
  }

  private Map<String, String> writeEnd() throws IOException {
    var tarSplit = split.finish();
    var toc = Json.write(new Toc(Toc.VERSION, entries, Digest.of(tarSplit).toString()));
    var table = frames.compress(toc, toc.length);
    long tableAt = frames.skippable(table);
    long splitAt = frames.skippable(tarSplit);
    frames.skippable(
        ByteBuffer.allocate(FOOTER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(tableAt)
            .putLong(table.length)
            .putLong(toc.length)
            .putLong(TYPE)
            .putLong(splitAt)
            .putLong(tarSplit.length)
            .putLong(split.size())
            .put(MAGIC)
            .array());
    return new TreeMap<>(
        Map.of(
            CHECKSUM,
            Digest.of(table).toString(),
            POSITION,
            "%d:%d:%d:%d".formatted(tableAt, table.length, toc.length, TYPE),
            TAR_SPLIT,
            "%d:%d:%d".formatted(splitAt, tarSplit.length, split.size())));
  }
}
