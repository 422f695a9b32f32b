import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A program that ends with 0 at once, as the runs that train a cache start it in a container:
/// elf(5) with one segment and three instructions.
final class TrainingProgram {

  private static final int BLOCK = 512;
  private static final int ELF_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int ADDRESS = 0x400000;

  private TrainingProgram() {}

  /// A plain tar that holds the program under this name.
  static byte[] tar(String name) {
    var program = elf();
    var tar = new byte[4 * BLOCK];
    put(tar, 0, name);
    put(tar, 100, "0000755");
    put(tar, 108, "0000000");
    put(tar, 116, "0000000");
    put(tar, 124, "%011o".formatted(program.length));
    put(tar, 136, "00000000000");
    put(tar, 148, "        ");
    put(tar, 156, "0");
    put(tar, 257, "ustar");
    put(tar, 263, "00");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    put(tar, 148, "%06o\0".formatted(sum));
    System.arraycopy(program, 0, tar, BLOCK, program.length);
    return tar;
  }

  private static byte[] elf() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    var code =
        HexFormat.of()
            .parseHex(
                arm
                    ? "000080d2" + "a80b80d2" + "010000d4" // mov x0, 0; mov x8, 93; svc 0
                    : "31ff" + "b83c000000" + "0f05"); // xor edi, edi; mov eax, 60; syscall
    int start = ELF_HEADER + PROGRAM_HEADER;
    int size = start + code.length;
    var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HexFormat.of().parseHex("7f454c46020101")).position(16);
    elf.putShort((short) 2).putShort((short) (arm ? 183 : 62)).putInt(1);
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
