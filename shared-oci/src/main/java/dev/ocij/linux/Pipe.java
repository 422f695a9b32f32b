package dev.ocij.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A pipe, for what one process writes and another one reads.
public final class Pipe implements AutoCloseable {
  private static final long O_CLOEXEC = 02000000;

  private final OpenFile output;
  private final OpenFile input;
  private final int inputDescriptor;
  private final int outputDescriptor;

  private Pipe(int output, int input) {
    this.output = new OpenFile(output, "pipe");
    this.input = new OpenFile(input, "pipe");
    this.inputDescriptor = input;
    this.outputDescriptor = output;
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

  /// The descriptor to read from, for a process that is started.
  public int outputDescriptor() {
    return outputDescriptor;
  }

  /// Where this process writes; closing it ends what the other one reads.
  public OutputStream source() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        input.write(bytes, offset, length);
      }

      @Override
      public void close() {
        input.close();
      }
    };
  }

  /// What is written; ends when nobody has the other end open.
  public InputStream output() {
    return output.content();
  }

  /// Closes the end to write to in this process.
  public void closeInput() {
    input.close();
  }

  /// Closes the end to read from in this process.
  public void closeOutput() {
    output.close();
  }

  @Override
  public void close() {
    input.close();
    output.close();
  }
}
