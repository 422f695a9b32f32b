package dev.ocij.image;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.ocij.spec.OciException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// How a layer or archive is compressed. `GZIP` and `ZSTD` are read and written, the others only
/// read. Output depends on the input and level alone: no names, no times, no number of cores.
public enum Compression {
  NONE("") {
    @Override
    public InputStream decompress(InputStream in) {
      return in;
    }

    @Override
    public OutputStream compress(OutputStream out, int level) {
      return out;
    }
  },
  GZIP("1f8b08") {
    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }

    @Override
    public OutputStream compress(OutputStream out, int level) throws IOException {
      return new ParallelGzipOutputStream(out, level);
    }
  },
  ZSTD("28b52ffd") {
    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }

    @Override
    public OutputStream compress(OutputStream out, int level) throws IOException {
      return new ZstdOutputStream(out, zstdLevel(level)).setChecksum(true);
    }
  },
  XZ("fd377a585a00") {
    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(LARGEST_XZ_MEMORY_KIB)
          .get();
    }
  },
  BZIP2("425a68") {
    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  };

  /// Stands for each algorithm's own default level.
  public static final int DEFAULT_LEVEL = -1;

  private static final int BUFFER = 1 << 16;
  private static final int ZSTD_LEVEL = 3;
  private static final int HIGHEST_GZIP_LEVEL = 9;

  /// Room for the dictionary of 64 MiB that `xz -9` takes.
  private static final int LARGEST_XZ_MEMORY_KIB = 66 << 10;

  private static final int LONGEST_MAGIC = 6;

  /// The first bytes, in hexadecimal.
  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /// The content behind this compression, all of it: of several members or frames, each. Closing it
  /// closes `in`. Reading fails where the format is broken, ends too early, or is followed by
  /// anything else.
  public abstract InputStream decompress(InputStream in) throws IOException;

  /// Compresses what is written; closing it ends the format and closes `out`.
  ///
  /// @param level the algorithm's own scale, or [#DEFAULT_LEVEL]
  public OutputStream compress(OutputStream out, int level) throws IOException {
    throw new UnsupportedOperationException("writing " + this);
  }

  /// @throws OciException where the algorithm's scale has no such level, nor a nearest one
  public void requireLevel(int level) {
    if (this == GZIP && (level < DEFAULT_LEVEL || level > HIGHEST_GZIP_LEVEL)) {
      throw new OciException(
          OciException.Category.USAGE,
          "compress by gzip at level %d: its levels are 1 to %d"
              .formatted(level, HIGHEST_GZIP_LEVEL));
    }
  }

  /// A level of zstd's own scale: the nearest one, or what [#DEFAULT_LEVEL] stands for.
  public static int zstdLevel(int level) {
    return level == DEFAULT_LEVEL ? ZSTD_LEVEL : Math.clamp(level, 1, Zstd.maxCompressionLevel());
  }

  /// The compression whose first bytes these are; the stream is left at its start.
  ///
  /// @param in supports mark and reset
  public static Compression detect(InputStream in) throws IOException {
    in.mark(LONGEST_MAGIC);
    var head = HexFormat.of().formatHex(in.readNBytes(LONGEST_MAGIC));
    in.reset();
    for (var candidate : values()) {
      if (candidate != NONE && head.startsWith(candidate.magic)) {
        return candidate;
      }
    }
    return NONE;
  }

  /// The content of a stream whatever its compression is; `in` is closed where this fails.
  public static InputStream decompressAny(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    try {
      return detect(buffered).decompress(buffered);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
