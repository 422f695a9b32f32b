package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ocij.buildah.run.ContainerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The log of a container in the form of Kubernetes: `TIME stdout|stderr F|P TEXT`, where P is a
/// line whose rest follows in the next entry of the same stream.
final class ContainerLog implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'+00:00 '");

  private final OutputStream file;
  private final Clock clock;

  ContainerLog(OutputStream file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /// The log of a container in this folder, to be continued; none where none is kept.
  static Optional<ContainerLog> open(Path directory, ContainerState state) throws IOException {
    if (!state.settings().logs()) {
      return Optional.empty();
    }
    var path = path(directory, state);
    var parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Optional.of(
        new ContainerLog(
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            Clock.systemUTC()));
  }

  static Path path(Path directory, ContainerState state) {
    var asked = state.settings().logPath();
    return asked == null ? directory.resolve("userdata/ctr.log") : Path.of(asked);
  }

  /// Appends what a program wrote at once, as one write.
  synchronized void write(Channel channel, byte[] bytes, int length) throws IOException {
    var prefix =
        (LocalDateTime.now(clock.withZone(ZoneOffset.UTC)).format(TIME) + channel.text())
            .getBytes(US_ASCII);
    var entries = new ByteArrayOutputStream(length + 64);
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        append(entries, prefix, 'F', bytes, begin, i);
        begin = i + 1;
      }
    }
    if (begin < length) {
      append(entries, prefix, 'P', bytes, begin, length);
    }
    file.write(entries.toByteArray());
  }

  private static void append(
      ByteArrayOutputStream entries, byte[] prefix, char kind, byte[] bytes, int begin, int end) {
    entries.writeBytes(prefix);
    entries.write(' ');
    entries.write(kind);
    entries.write(' ');
    entries.write(bytes, begin, end - begin);
    entries.write('\n');
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
