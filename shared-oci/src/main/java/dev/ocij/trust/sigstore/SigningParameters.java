package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.spec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How to sign: containers-sigstore-signing-params.yaml(5), as far as it is about private keys.
///
/// @param privateKeyFile the key
/// @param privateKeyPassphraseFile what opens it; null where somebody must be asked
/// @param rekorURL a log to write to
/// @param fulcio an authority that makes certificates
public record SigningParameters(
    @Nullable String privateKeyFile,
    @Nullable String privateKeyPassphraseFile,
    @Nullable String rekorURL,
    @Nullable JsonNode fulcio) {
  /// Reads a file.
  ///
  /// @throws OciException where it asks for what is not implemented, or for nothing
  public static SigningParameters read(Path file) {
    try {
      return Yaml.read(
              Files.readAllBytes(file), new TypeReference<SigningParameters>() {}, what(file))
          .checked(file);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(what(file), Reason.of(e)), e);
    }
  }

  /// The key.
  public Path key() {
    return Path.of(String.valueOf(privateKeyFile));
  }

  private SigningParameters checked(Path file) {
    if (fulcio != null) {
      throw unsupported(file, "fulcio: certificates of a Fulcio server are");
    }
    if (rekorURL != null) {
      throw unsupported(file, "rekorURL: entries in a Rekor log are");
    }
    if (privateKeyFile == null) {
      throw new OciException(
          OciException.Category.USAGE, "read %s: it names no privateKeyFile".formatted(what(file)));
    }
    return this;
  }

  private static OciException unsupported(Path file, String what) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "read %s: %s not implemented yet; name a privateKeyFile alone".formatted(what(file), what));
  }

  private static String what(Path file) {
    return "signing parameters \"%s\"".formatted(file);
  }
}
