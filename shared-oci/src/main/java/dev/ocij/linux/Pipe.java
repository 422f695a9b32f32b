package dev.ocij.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A pipe, for what another process writes and this one reads.
public final class Pipe implements AutoCloseable {
  private static final long O_CLOEXEC = 02000000;

  private final OpenFile output;
  private final OpenFile input;
  private final int inputDescriptor;

  private Pipe(int output, int input) {
    this.output = new OpenFile(output, "pipe");
    this.input = new OpenFile(input, "pipe");
    this.inputDescriptor = input;
  }

  public static Pipe open() throws IOException {
    var ends = new byte[2 * Integer.BYTES];
    long result = new LinuxSyscalls().call("pipe2", Operand.of(ends), Operand.of(O_CLOEXEC));
    if (result < 0) {
      throw new SystemCallException("open", "a pipe", (int) -result);
    }
    var descriptors = ByteBuffer.wrap(ends).order(ByteOrder.nativeOrder());
    return new Pipe(descriptors.getInt(), descriptors.getInt());
  }

  /// The descriptor to write to, for a process that is started.
  public int input() {
    return inputDescriptor;
  }

  /// What is written; ends when nobody has the other end open.
  public InputStream output() {
    return output.content();
  }

  /// Closes the end to write to in this process.
  public void closeInput() {
    input.close();
  }

  @Override
  public void close() {
    input.close();
    output.close();
  }
}
