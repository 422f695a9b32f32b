package dev.ocij.layer;

import dev.ocij.image.Blob;
import dev.ocij.image.FileSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A tar that can only be read from its start, written to a file when its first content is asked
/// for, so that each content is read once. The file has no name and goes with this process.
final class SpooledTar implements TarContent {
  private static final int BUFFER = 1 << 18;

  private final Blob.Opener plain;
  private final Path directory;
  private @Nullable FileChannel file;

  SpooledTar(Blob.Opener plain, Path directory) {
    this.plain = plain;
    this.directory = directory;
  }

  @Override
  public InputStream openAt(long offset) throws IOException {
    var spooled = file();
    return new FileSlice(spooled, offset, spooled.size() - offset);
  }

  private synchronized FileChannel file() throws IOException {
    if (file == null) {
      file = spool();
    }
    return file;
  }

  private FileChannel spool() throws IOException {
    Files.createDirectories(directory);
    var path = Files.createTempFile(directory, ".tmp-", ".tar");
    var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var tar = plain.open()) {
      Files.delete(path);
      var buffer = new byte[BUFFER];
      for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
        write(channel, ByteBuffer.wrap(buffer, 0, read));
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
