package dev.ocij.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
    return read(
        what,
        () -> {
          T value = MAPPER.readValue(yaml, type);
          if (value == null) {
            throw new OciException(
                OciException.Category.INVALID, "read %s: it is empty".formatted(what));
          }
          return value;
        });
  }

  /// Reads all documents, of which empty ones are left out. A reference to another part of the
  /// document (`*NAME`) is refused: a tree has its name in the place of what it stands for.
  ///
  /// @throws OciException as [#read]
  public static List<JsonNode> documents(byte[] yaml, String what) {
    return read(
        what,
        () -> {
          refuseReferences(yaml, what);
          var documents = new ArrayList<JsonNode>();
          try (MappingIterator<JsonNode> all = MAPPER.readerFor(JsonNode.class).readValues(yaml)) {
            while (all.hasNextValue()) {
              documents.add(all.nextValue());
            }
          }
          documents.removeIf(each -> each == null || each.isNull() || each.isMissingNode());
          return documents;
        });
  }

  private static void refuseReferences(byte[] yaml, String what) throws IOException {
    try (var parser = MAPPER.getFactory().createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "read %s: line %d: references to other parts of a document are not known here; write %s out"
                  .formatted(
                      what, parser.currentTokenLocation().getLineNr(), "*" + parser.getText()));
        }
      }
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(String what, Reading<T> reading) {
    try {
      return reading.read();
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
