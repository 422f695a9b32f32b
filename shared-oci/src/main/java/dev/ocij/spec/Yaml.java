package dev.ocij.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/// Files in YAML that people write: a doubled key and one that nobody knows are mistakes.
public final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Yaml() {}

  /// Reads one document.
  ///
  /// @param what what the text claims to be, for the message
  /// @throws OciException of category `INVALID`, with the line where it breaks
  public static <T> T read(byte[] yaml, TypeReference<T> type, String what) {
    try {
      T value = MAPPER.readValue(yaml, type);
      if (value == null) {
        throw new OciException(
            OciException.Category.INVALID, "read %s: it is empty".formatted(what));
      }
      return value;
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      int line = place == null ? 0 : place.getLineNr();
      throw failed(what, "line %d: %s".formatted(line, found(e)), e);
    } catch (IOException e) {
      throw failed(what, Reason.of(e), e);
    }
  }

  private static String found(JsonProcessingException e) {
    return e instanceof UnrecognizedPropertyException unknown
        ? "the key %s is not known here".formatted(Quoted.of(unknown.getPropertyName()))
        : JsonFault.found(e);
  }

  private static OciException failed(String what, String found, Exception cause) {
    return new OciException(
        OciException.Category.INVALID, "read %s: %s".formatted(what, found), cause);
  }
}
