package dev.ocij.buildah.life;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a monitor and those who are attached to its container say to one another: a letter, the
/// length of the content as four bytes, and the content.
record Frame(char type, byte[] content) {
  /// To the monitor: what is typed, its end, the size of the window, a signal.
  static final char TYPED = 'I';

  static final char END = 'E';
  static final char SIZE = 'W';
  static final char SIGNAL = 'K';

  /// To the monitor of a pod's infra container: `a` or `-`, whether somebody will be attached, and
  /// the folder of a container that is to be started; and that it was.
  static final char START = 'S';

  static final char STARTED = 'Y';

  /// From the monitor: what is shown, that the program runs, did not start, or has ended.
  static final char OUT = 'O';

  static final char ERR = 'R';
  static final char BEGUN = 'B';
  static final char FAILED = 'F';
  static final char EXITED = 'X';

  private static final int LARGEST = 1 << 20;
  private static final int HEADER = 5;

  static Frame of(char type, int... numbers) {
    var content = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    for (int number : numbers) {
      content.putInt(number);
    }
    return new Frame(type, content.array());
  }

  static Frame failed(int status, String sentence) {
    var text = sentence.getBytes(StandardCharsets.UTF_8);
    return new Frame(
        FAILED, ByteBuffer.allocate(Integer.BYTES + text.length).putInt(status).put(text).array());
  }

  int number(int index) {
    return ByteBuffer.wrap(content).getInt(index * Integer.BYTES);
  }

  /// What stands behind the first number.
  String text() {
    return new String(
        content, Integer.BYTES, content.length - Integer.BYTES, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + content.length)
        .put((byte) type)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /// The next frame; empty at the end.
  static Optional<Frame> read(DataInputStream in) throws IOException {
    int type = in.read();
    if (type < 0) {
      return Optional.empty();
    }
    int length = in.readInt();
    if (length < 0 || length > LARGEST) {
      throw new EOFException("a frame of %d bytes".formatted(length));
    }
    return Optional.of(new Frame((char) type, in.readNBytes(length)));
  }
}
