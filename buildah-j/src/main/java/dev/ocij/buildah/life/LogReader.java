package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.spec.OciException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the log of a container, and on as long as it lives where that is wanted.
///
/// @param directory of the container
public record LogReader(Path directory, ContainerState container, Query query) {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CHUNK = 1 << 16;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z '");

  /// The file that a container in this folder writes its log to.
  public static Path path(Path directory, ContainerState container) {
    return ContainerLog.path(directory, container);
  }

  /// What of the log is wanted.
  ///
  /// @param since no entries before
  /// @param until no entries after
  /// @param tail only so many of the last lines; −1 for all
  /// @param timestamps whether each line begins with its time
  /// @param name what each line begins with; nothing for none
  public record Query(
      boolean follow,
      @Nullable Instant since,
      @Nullable Instant until,
      int tail,
      boolean timestamps,
      String name) {}

  private record Entry(Instant time, Channel channel, boolean whole, byte[] text) {}

  /// Where lines go.
  public record Outputs(OutputStream out, OutputStream err) {}

  /// Copies what was asked for; returns at the end of the log, or of the container.
  public void copy(Outputs outputs) throws IOException, InterruptedException {
    var path = ContainerLog.path(directory, container);
    if (!container.settings().logs()) {
      throw new OciException(
          OciException.Category.USAGE,
          "this container is using the 'none' log driver, cannot read logs: this container is not"
              + " logging output");
    }
    try (var file = open(path)) {
      var reading = new Reading(outputs);
      var last = new Tail();
      while (file != null && reading.next(file)) {
        keep(last, reading);
      }
      for (var entry : last.entries) {
        reading.show(entry);
      }
      if (query.follow() && file != null) {
        follow(file, reading);
      }
    }
  }

  private void keep(Tail last, Reading reading) throws IOException {
    for (var entry = reading.entry(); entry.isPresent(); entry = reading.entry()) {
      if (query.tail() < 0) {
        reading.show(entry.get());
      } else {
        last.add(entry.get());
      }
    }
  }

  /// The last lines. Parts of a line that follow one another are one.
  private final class Tail {
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private int lines;
    private boolean inLine;

    private void add(Entry entry) {
      lines += inLine ? 0 : 1;
      inLine = !entry.whole();
      entries.add(entry);
      while (lines > query.tail()) {
        boolean whole = entries.removeFirst().whole();
        while (!whole && !entries.isEmpty()) {
          whole = entries.removeFirst().whole();
        }
        lines--;
      }
    }
  }

  private void follow(InputStream file, Reading reading) throws IOException, InterruptedException {
    boolean alive = true;
    while (alive) {
      alive = ContainerFolder.isHeld(directory);
      while (reading.next(file)) {
        for (var entry = reading.entry(); entry.isPresent(); entry = reading.entry()) {
          reading.show(entry.get());
        }
      }
      if (alive) {
        Thread.sleep(PAUSE);
      }
    }
  }

  private static @Nullable InputStream open(Path path) throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /// One pass through the log.
  private final class Reading {
    private final Outputs outputs;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private boolean inLine;

    private Reading(Outputs outputs) {
      this.outputs = outputs;
    }

    /// Reads some more, if there is.
    private boolean next(InputStream file) throws IOException {
      var chunk = file.readNBytes(CHUNK);
      for (byte b : chunk) {
        if (b == '\n') {
          parse(rest.toByteArray()).ifPresent(entries::add);
          rest.reset();
        } else {
          rest.write(b);
        }
      }
      return chunk.length > 0;
    }

    private Optional<Entry> entry() {
      return Optional.ofNullable(entries.poll());
    }

    private void show(Entry entry) throws IOException {
      if ((query.since() != null && entry.time().isBefore(query.since()))
          || (query.until() != null && entry.time().isAfter(query.until()))) {
        return;
      }
      var target = entry.channel() == Channel.OUT ? outputs.out() : outputs.err();
      synchronized (outputs) {
        write(entry, target);
      }
    }

    private void write(Entry entry, OutputStream target) throws IOException {
      if (!inLine) {
        target.write(prefix(entry).getBytes(StandardCharsets.UTF_8));
      }
      target.write(entry.text());
      if (entry.whole()) {
        target.write('\n');
      }
      inLine = !entry.whole();
      target.flush();
    }

    private String prefix(Entry entry) {
      var name = query.name().isEmpty() ? "" : query.name() + " ";
      return query.timestamps() ? name + TIME.format(entry.time().atOffset(ZoneOffset.UTC)) : name;
    }
  }

  /// A line that is no entry is passed over.
  private static Optional<Entry> parse(byte[] line) {
    var fields = new String(line, StandardCharsets.ISO_8859_1).split(" ", 4);
    if (fields.length < 4 || !(fields[2].equals("F") || fields[2].equals("P"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Entry(
              OffsetDateTime.parse(fields[0]).toInstant(),
              fields[1].equals("stderr") ? Channel.ERR : Channel.OUT,
              fields[2].equals("F"),
              fields[3].getBytes(StandardCharsets.ISO_8859_1)));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
