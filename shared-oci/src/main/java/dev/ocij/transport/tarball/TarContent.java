package dev.ocij.transport.tarball;

import dev.ocij.image.FileSlice;
import dev.ocij.store.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// The bytes of a tar file, which are read twice: to know what they are, and to copy them.
sealed interface TarContent {
  /// What stands for standard input.
  Path STANDARD_INPUT = Path.of("-");

  InputStream open() throws IOException;

  long size() throws IOException;

  /// When it was changed last.
  Instant changed() throws IOException;

  void close() throws IOException;

  /// @param temporary the directory for what can be read only once
  static TarContent of(Path file, Path temporary) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return new Spooled(Spool.of(System.in, temporary), Instant.now());
    }
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      return new InFile(file);
    }
    try (var in = Files.newInputStream(file)) {
      return new Spooled(Spool.of(in, temporary), Instant.now());
    }
  }

  /// A file, where it is.
  record InFile(Path file) implements TarContent {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public long size() throws IOException {
      return Files.size(file);
    }

    @Override
    public Instant changed() throws IOException {
      return Files.getLastModifiedTime(file).toInstant();
    }

    @Override
    public void close() {}
  }

  /// What came through a pipe, in a file that goes when this is closed.
  record Spooled(FileChannel channel, Instant changed) implements TarContent {
    @Override
    public InputStream open() throws IOException {
      return new FileSlice(channel, 0, channel.size());
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
