package dev.ocij.store;

import dev.ocij.linux.OwnProcess;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What stands in a lock file: which process had it to itself last, or that it was removed.
final class LockNote {
  private static final int LENGTH = 32;
  private static final int LONGEST = 64;

  /// For those who had opened the file before it was removed.
  private static final String REMOVED = "removed";

  private LockNote() {}

  static void writeHolder(FileChannel opened) throws IOException {
    write(opened, "process " + OwnProcess.id());
  }

  static void writeRemoval(FileChannel opened) throws IOException {
    write(opened, REMOVED);
  }

  static boolean tellsRemoval(FileChannel opened) throws IOException {
    return text(opened).equals(REMOVED);
  }

  /// Whoever had the lock to himself last, mostly the one that has it now.
  static String holder(FileChannel opened) throws IOException {
    var name = text(opened);
    return name.isEmpty() ? "another process" : Quoted.escape(name);
  }

  /// Over what the last one wrote, which is as long: a file that was made shorter is written to the
  /// disk when it is closed, and whoever closes it waits.
  private static void write(FileChannel opened, String text) throws IOException {
    var line = ByteBuffer.allocate(LENGTH);
    Arrays.fill(line.array(), (byte) ' ');
    line.put(LENGTH - 1, (byte) '\n');
    line.put(0, text.getBytes(StandardCharsets.US_ASCII));
    opened.write(line, 0);
  }

  private static String text(FileChannel opened) throws IOException {
    var text = ByteBuffer.allocate(LONGEST);
    opened.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }
}
