package dev.ocij.buildah.run;

import dev.ocij.linux.Architecture;
import dev.ocij.spec.OciException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The program of an infra container: it reaps what is left to it, and ends by SIGTERM or SIGINT. A
/// whole ELF file of one segment, which takes some kilobytes of memory.
enum PauseProgram {
  X86_64(
      """
          .intel_syntax noprefix
          mov eax, 14           # rt_sigprocmask(SIG_BLOCK, all, 0, 8)
          xor edi, edi
          push -1
          mov rsi, rsp
          xor edx, edx
          mov r10d, 8
          syscall
      next:
          mov eax, 128          # rt_sigtimedwait(all, 0, 0, 8)
          mov rdi, rsp
          xor esi, esi
          xor edx, edx
          mov r10d, 8
          syscall
          cmp eax, 17           # SIGCHLD
          je reap
          cmp eax, 2            # SIGINT
          je end
          cmp eax, 15           # SIGTERM
          jne next
      end:
          xor edi, edi
          mov eax, 60           # exit(0)
          syscall
      reap:
          mov eax, 61           # wait4(-1, 0, WNOHANG, 0)
          mov rdi, -1
          xor esi, esi
          mov edx, 1
          xor r10d, r10d
          syscall
          test rax, rax
          jg reap
          jmp next
      """,
      """
      b80e00000031ff6aff4889e631d241ba080000000f05b8800000004889e7
      31f631d241ba080000000f0583f811741383f802740583f80f75dd31ffb8
      3c0000000f05b83d00000048c7c7ffffffff31f6ba010000004531d20f05
      4885c07fe3ebb5
      """);

  private static final int HEADERS = 64 + 56;
  private static final long ADDRESS = 0x400000;
  private static final byte[] MAGIC = HexFormat.of().parseHex("7f454c46020101000000000000000000");

  private final String source;
  private final String bytes;

  PauseProgram(String source, String bytes) {
    this.source = source;
    this.bytes = bytes;
  }

  static PauseProgram here() {
    if (Architecture.current() == Architecture.X86_64) {
      return X86_64;
    }
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "make a pod: there is no program for its infra container on %s yet; --infra=false does without"
            .formatted(Architecture.current()));
  }

  /// The assembly that the code was made from, for GNU `as`.
  String source() {
    return source;
  }

  byte[] code() {
    return HexFormat.of().parseHex(bytes.replaceAll("\\s", ""));
  }

  /// The file: the header of an executable, one segment with all of it, and the code.
  byte[] file() {
    var code = code();
    long size = (long) HEADERS + code.length;
    var file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(MAGIC).putShort((short) 2).putShort((short) 62).putInt(1);
    file.putLong(ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    file.putLong(size).putLong(size).putLong(0x1000);
    return file.put(code).array();
  }
}
