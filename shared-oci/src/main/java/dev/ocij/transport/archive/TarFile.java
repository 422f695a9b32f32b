package dev.ocij.transport.archive;

import dev.ocij.image.Compression;
import dev.ocij.image.FileSlice;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TarReader;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.store.Spool;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files in an archive, each read where it stands, by any number of threads.
///
/// A compressed archive, and one that comes through a pipe, is first put into a temporary file.
final class TarFile implements Closeable {
  private static final int MOST_LINKS = 16;
  private static final int BUFFER = 1 << 16;

  private final String shown;
  private final FileChannel channel;
  private final Map<String, Place> places = new HashMap<>();

  /// Where the content of a file is, or where a link leads.
  private record Place(long offset, long size, @Nullable String target) {}

  private TarFile(String shown, FileChannel channel) {
    this.shown = shown;
    this.channel = channel;
  }

  /// @param temporary the directory for a temporary file
  static TarFile open(Path archive, Path temporary) throws IOException {
    var shown = Quoted.escape(archive.toString());
    try {
      return indexed(new TarFile(shown, plain(archive, temporary)));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "open %s: %s".formatted(shown, Reason.of(e)), e);
    } catch (OciException e) {
      throw e.during("open " + shown);
    }
  }

  /// What a stream brings, all of it.
  ///
  /// @param temporary the directory for a temporary file
  static TarFile read(InputStream in, String shown, Path temporary) throws IOException {
    try {
      return indexed(new TarFile(shown, Spool.of(in, temporary)));
    } catch (OciException e) {
      throw e.during("open " + shown);
    }
  }

  boolean has(String name) {
    return find(name) != null;
  }

  /// The length of a file; 0 where there is none.
  long size(String name) {
    var place = find(name);
    return place == null ? 0 : place.size;
  }

  /// The content of a file, links followed inside the archive.
  ///
  /// @throws OciException of category `INVALID` where the archive has no such file
  InputStream open(String name) {
    var place = find(name);
    if (place == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "open %s: it has no file %s".formatted(shown, Quoted.of(name)));
    }
    return new FileSlice(channel, place.offset, place.size);
  }

  /// The bytes of a document.
  byte[] read(String name) throws IOException {
    try (var in = open(name)) {
      if (size(name) > Json.LARGEST_DOCUMENT) {
        throw new OciException(
            OciException.Category.INVALID,
            "read %s: %s is larger than %d bytes"
                .formatted(shown, Quoted.of(name), Json.LARGEST_DOCUMENT));
      }
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return shown;
  }

  private static FileChannel plain(Path archive, Path temporary) throws IOException {
    if (Files.isRegularFile(archive)) {
      var channel = FileChannel.open(archive, StandardOpenOption.READ);
      var start = new BufferedInputStream(new FileSlice(channel, 0, channel.size()));
      if (Compression.detect(start) == Compression.NONE) {
        return channel;
      }
      channel.close();
    }
    try (var in = Compression.decompressAny(Files.newInputStream(archive))) {
      return Spool.of(in, temporary);
    }
  }

  private static TarFile indexed(TarFile file) throws IOException {
    try {
      file.index();
      return file;
    } catch (IOException | OciException e) {
      file.close();
      throw e;
    }
  }

  private void index() throws IOException {
    var in = new BufferedInputStream(new FileSlice(channel, 0, channel.size()), BUFFER);
    var reader = new TarReader(in);
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      switch (entry.type()) {
        case FILE -> places.put(entry.path(), new Place(reader.offset(), entry.size(), null));
        case SYMLINK -> places.put(entry.path(), new Place(0, 0, target(entry)));
        case HARDLINK -> places.put(entry.path(), new Place(0, 0, entry.target()));
        case DIRECTORY, CHARACTER, BLOCK, FIFO -> {} // no image has its content in one
      }
    }
  }

  /// A name in this archive, or one that it does not have. By text, for it is no path here.
  private static String target(Entry link) {
    var start = link.target().startsWith("/") ? "" : link.parent();
    var resolved = new ArrayList<String>();
    for (var component : (start + "/" + link.target()).split("/")) {
      if (component.equals("..") && !resolved.isEmpty()) {
        resolved.removeLast();
      } else if (!Set.of("", ".", "..").contains(component)) {
        resolved.add(component);
      }
    }
    return String.join("/", resolved);
  }

  private @Nullable Place find(String name) {
    var place = places.get(name);
    for (int i = 0; place != null && place.target != null; i++) {
      place = i < MOST_LINKS ? places.get(place.target) : null;
    }
    return place;
  }
}
