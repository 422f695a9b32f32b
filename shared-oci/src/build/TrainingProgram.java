import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// The programs that the runs that train a cache start in a container: elf(5) with one segment and
/// a few instructions.
enum TrainingProgram {
  /// Ends with 0 at once.
  TRUE(
      "31ff" + "b83c000000" + "0f05", // xor edi, edi; mov eax, 60; syscall
      "000080d2" + "a80b80d2" + "010000d4"), // mov x0, 0; mov x8, 93; svc 0
  /// Waits until it is killed: pause(2), and where there is none, ppoll(2).
  WAIT(
      "b822000000" + "0f05", // mov eax, 34; syscall
      // mov x0, 0 to mov x3, 0; mov x8, 73; svc 0
      "000080d2" + "010080d2" + "020080d2" + "030080d2" + "280980d2" + "010000d4");

  private static final int BLOCK = 512;
  private static final int ELF_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int ADDRESS = 0x400000;

  private final String x86;
  private final String arm;

  TrainingProgram(String x86, String arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /// A plain tar that holds the programs under their names, in small letters.
  static byte[] tar() {
    var tar = new byte[(2 * values().length + 2) * BLOCK];
    for (var each : values()) {
      each.put(tar, 2 * each.ordinal() * BLOCK);
    }
    return tar;
  }

  private void put(byte[] tar, int start) {
    var program = elf();
    put(tar, start, name().toLowerCase(Locale.ROOT));
    put(tar, start + 100, "0000755");
    put(tar, start + 108, "0000000");
    put(tar, start + 116, "0000000");
    put(tar, start + 124, "%011o".formatted(program.length));
    put(tar, start + 136, "00000000000");
    put(tar, start + 148, "        ");
    put(tar, start + 156, "0");
    put(tar, start + 257, "ustar");
    put(tar, start + 263, "00");
    int sum = 0;
    for (int i = start; i < start + BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    put(tar, start + 148, "%06o\0".formatted(sum));
    System.arraycopy(program, 0, tar, start + BLOCK, program.length);
  }

  private byte[] elf() {
    boolean onArm = System.getProperty("os.arch").equals("aarch64");
    var code = HexFormat.of().parseHex(onArm ? arm : x86);
    int start = ELF_HEADER + PROGRAM_HEADER;
    int size = start + code.length;
    var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HexFormat.of().parseHex("7f454c46020101")).position(16);
    elf.putShort((short) 2).putShort((short) (onArm ? 183 : 62)).putInt(1);
    elf.putLong(ADDRESS + start).putLong(ELF_HEADER).putLong(0);
    elf.putInt(0).putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
    elf.position(ELF_HEADER);
    elf.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    elf.putLong(size).putLong(size).putLong(0x1000);
    return elf.put(code).array();
  }

  private static void put(byte[] tar, int offset, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, tar, offset, bytes.length);
  }
}
