package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Content identity as in image-spec, "Digests": `algorithm:encoded`.
///
/// Only what [#parse] accepts is a digest: a registered algorithm and lower-case hexadecimal of its
/// exact length. A digest can therefore stand in a path or URL without further checks.
public record Digest(Algorithm algorithm, String hex) {
  /// The algorithms registered in image-spec that this project accepts.
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String prefix;
    private final String jca;
    private final int length;

    Algorithm(String prefix, String jca, int length) {
      this.prefix = prefix;
      this.jca = jca;
      this.length = length;
    }

    /// The part before the colon.
    public String prefix() {
      return prefix;
    }

    /// Whether this is what stands after the colon in a digest of this algorithm.
    public boolean isHex(String text) {
      return text.length() == length && isHexadecimal(text);
    }

    /// In lower case. A pattern would take ten times as long, for each blob that an index names.
    private static boolean isHexadecimal(String text) {
      for (int i = 0; i < text.length(); i++) {
        char digit = text.charAt(i);
        if (digit < '0' || digit > 'f' || (digit > '9' && digit < 'a')) {
          return false;
        }
      }
      return true;
    }

    /// A new hash state of this algorithm.
    public MessageDigest newHash() {
      try {
        return MessageDigest.getInstance(jca);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + jca, e);
      }
    }
  }

  public Digest {
    if (!algorithm.isHex(hex)) {
      throw invalid(algorithm.prefix + ":" + hex);
    }
  }

  @JsonCreator
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    for (var algorithm : Algorithm.values()) {
      if (colon > 0 && text.substring(0, colon).equals(algorithm.prefix)) {
        return new Digest(algorithm, text.substring(colon + 1));
      }
    }
    throw invalid(text);
  }

  /// The SHA-256 digest of these bytes.
  public static Digest of(byte[] content) {
    return from(Algorithm.SHA256, Algorithm.SHA256.newHash().digest(content));
  }

  /// The digest with this raw hash value.
  public static Digest from(Algorithm algorithm, byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  /// As a record would have it; see [MediaType#equals].
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest
        && algorithm == digest.algorithm
        && hex.equals(digest.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /// The first twelve hexadecimal digits, as tables show them.
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @JsonValue
  @Override
  public String toString() {
    return algorithm.prefix + ":" + hex;
  }

  private static OciException invalid(String text) {
    return new OciException(
        OciException.Category.INVALID,
        "invalid digest %s: expected sha256: or sha512: and lower-case hexadecimal digits"
            .formatted(Quoted.of(text)));
  }
}
