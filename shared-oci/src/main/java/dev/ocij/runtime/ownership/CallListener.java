package dev.ocij.runtime.ownership;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Optional;

/// The kernel's questions about the calls of one container: seccomp_unotify(2).
///
/// @param listener what the filter gave
/// @param end a descriptor that shows a hang-up when nothing is to be answered any more
record CallListener(Syscalls syscalls, long listener, long end) {
  private static final long RECEIVE = 0xc050_2100L;
  private static final long SEND = 0xc018_2101L;
  private static final long ADD_DESCRIPTOR = 0x4018_2103L;
  private static final int NOTICE = 80;
  private static final int RESPONSE = 24;
  private static final int OPERANDS = 6;
  private static final int FLAG_CONTINUE = 1;
  private static final int FLAG_SEND = 2;
  private static final int O_CLOEXEC = 02000000;
  private static final int POLLIN = 1;
  private static final int POLLED = 8;

  /// Waits for the next question; empty when no process is left that could ask.
  Optional<Notice> next() {
    while (true) {
      var polled =
          Structure.of(2 * POLLED)
              .integer(0, (int) listener)
              .halfWord(4, POLLIN)
              .integer(POLLED, (int) end);
      long result =
          syscalls.call("ppoll", polled.memory(), Operand.of(2), Operand.ZERO, Operand.ZERO);
      if ((polled.halfWord(6) & POLLIN) != 0) {
        var notice = receive();
        if (notice.isPresent()) {
          return notice;
        }
      } else if (result >= 0 || !Errno.EINTR.is(result)) {
        return Optional.empty();
      }
    }
  }

  private Optional<Notice> receive() {
    var structure = Structure.of(NOTICE);
    long result =
        syscalls.call("ioctl", Operand.of(listener), Operand.of(RECEIVE), structure.memory());
    if (result < 0) {
      return Optional.empty();
    }
    var operands = new long[OPERANDS];
    for (int i = 0; i < OPERANDS; i++) {
      operands[i] = structure.word(32 + i * Long.BYTES);
    }
    return Optional.of(
        new Notice(structure.word(0), structure.integer(8), structure.integer(16), operands));
  }

  /// Answers; nothing happens where the thread is gone.
  void answer(Notice notice, Answer answer) {
    var response = Structure.of(RESPONSE).word(0, notice.id());
    switch (answer) {
      case Answer.Proceed _ -> respond(response.integer(20, FLAG_CONTINUE));
      case Answer.Result(long value) ->
          respond(value < 0 ? response.integer(16, (int) value) : response.word(8, value));
      case Answer.Descriptor(long descriptor, boolean closeOnExecute) -> {
        give(notice, descriptor, closeOnExecute);
        syscalls.call("close", Operand.of(descriptor));
      }
    }
  }

  private void respond(Structure response) {
    syscalls.call("ioctl", Operand.of(listener), Operand.of(SEND), response.memory());
  }

  private void give(Notice notice, long descriptor, boolean closeOnExecute) {
    var gift =
        Structure.of(RESPONSE)
            .word(0, notice.id())
            .integer(8, FLAG_SEND)
            .integer(12, (int) descriptor)
            .integer(20, closeOnExecute ? O_CLOEXEC : 0);
    long result =
        syscalls.call("ioctl", Operand.of(listener), Operand.of(ADD_DESCRIPTOR), gift.memory());
    if (result < 0) {
      respond(Structure.of(RESPONSE).word(0, notice.id()).integer(16, (int) result));
    }
  }

  void close() {
    syscalls.call("close", Operand.of(listener));
  }
}
