package dev.ocij.linux;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The machine code between clone(2) and execve(2), where neither Java nor the C library can run:
/// the child shares the memory of the JVM while its parent thread stands still, as in vfork(2).
///
/// It is called as `long spawn(long a, long b, void *first, void *end, long number)`, where the
/// number is that of clone, with flags and a stack, or of clone3, with its arguments and their
/// size. The parent gets the result. The child walks the rows of a [SpawnTable] from `first` to
/// `end` on a stack that it does not even touch. It uses registers and the rows only, and makes the
/// calls that they ask for.
///
/// A [Trampoline] walks its rows by the same code, finds them by three words at a fixed address,
/// and writes them to a pipe before it ends.
enum SpawnCode {
  X86_64(
      new Part(
          """
              .intel_syntax noprefix
              push r12
              push r13
              mov r12, rdx
              mov r13, rcx
              mov rax, r8
              xor edx, edx
              xor r10d, r10d
              xor r8d, r8d
              syscall               # clone(flags, stack, 0, 0, 0) or clone3(arguments, size)
              test rax, rax
              jz row
              pop r13
              pop r12
              ret
          """,
          """
          415441554989d44989cd4c89c031d24531d24531c00f054885c07405415d415c
          c3
          """),
      new Part(
          """
              .intel_syntax noprefix
              mov ebx, 0x500000
              mov r12, [rbx]        # the first row
              mov r13, [rbx+8]      # the end
          """,
          """
          bb000050004c8b234c8b6b08
          """),
      new Part(
          """
          row:
              cmp r12, r13
              jae end
              mov rax, [r12+8]      # the cells of the operands
              mov rdi, [rax]
              mov rax, [r12+16]
              mov rsi, [rax]
              mov rax, [r12+24]
              mov rdx, [rax]
              mov rax, [r12+32]
              mov r10, [rax]
              mov rax, [r12+40]
              mov r8, [rax]
              mov rax, [r12+48]
              mov r9, [rax]
              mov rax, [r12]
              syscall
              mov [r12+56], rax     # the result
              cmp rax, -4095
              jb done
              cmp rax, -11          # EAGAIN: again, as long as the row has tries left
              jne failed
              sub qword ptr [r12+120], 1
              jae row
          failed:
              cmp rax, [r12+64]     # the error that is tolerated
              je next
              cmp qword ptr [r12+64], 1
              jne end
              jmp next
          done:
              cmp qword ptr [r12+64], 2
              jne next
              test rax, rax         # of a fork the child goes on, the parent ends
              jnz end
          next:
              sub r12, -128
              jmp row
          end:
          """,
          """
          4d39ec7375498b442408488b38498b442410488b30498b442418488b10498b44
          24204c8b10498b4424284c8b00498b4424304c8b08498b04240f054989442438
          483d01f0ffff721f4883f8f5750849836c24780173aa493b442440741749837c
          2440017515eb0d49837c24400275054885c075064983ec80eb86
          """),
      new Part(
          """
              mov edi, [rbx+16]     # write(report, first, end - first)
              mov rsi, [rbx]
              mov rdx, r13
              sub rdx, rsi
              mov eax, 1
              syscall
          """,
          """
          8b7b10488b334c89ea4829f2b8010000000f05
          """),
      new Part(
          """
              mov edi, 127
              mov eax, 60           # exit(127)
              syscall
          """,
          """
          bf7f000000b83c0000000f05
          """));

  /// Assembly for GNU `as`, and the bytes that it becomes.
  private record Part(String source, String bytes) {}

  private final String source;
  private final String bytes;
  private final String trampolineSource;
  private final String trampolineBytes;

  SpawnCode(Part spawn, Part entry, Part rows, Part report, Part exit) {
    this.source = joined(Part::source, spawn, rows, exit);
    this.bytes = joined(Part::bytes, spawn, rows, exit);
    this.trampolineSource = joined(Part::source, entry, rows, report, exit);
    this.trampolineBytes = joined(Part::bytes, entry, rows, report, exit);
  }

  static SpawnCode of(Architecture architecture) {
    if (architecture == Architecture.X86_64) {
      return X86_64;
    }
    throw new UnsupportedOperationException(
        "start a container: no spawn code for %s yet".formatted(architecture));
  }

  /// The assembly that the bytes were made from.
  String source() {
    return source;
  }

  byte[] bytes() {
    return parsed(bytes);
  }

  /// As [#source()], of what a trampoline runs.
  String trampolineSource() {
    return trampolineSource;
  }

  byte[] trampoline() {
    return parsed(trampolineBytes);
  }

  private static String joined(Function<Part, String> text, Part... parts) {
    return Arrays.stream(parts).map(text).collect(Collectors.joining());
  }

  private static byte[] parsed(String digits) {
    return HexFormat.of().parseHex(digits.replace("\n", ""));
  }
}
