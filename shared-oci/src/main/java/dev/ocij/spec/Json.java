package dev.ocij.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// JSON, as strict as documents of strangers need it. Two readers must never see two documents in
/// the same bytes, so a doubled key, trailing bytes and coerced types are refused; unknown fields
/// are passed over, as image-spec asks.
///
/// Documents that most commands read know their own form ([JsonForm]) and are read field by field;
/// the rest is bound to records by [#mapper]. docs/decisions tells why.
public final class Json {
  /// The most bytes that a manifest, index, configuration or signature may have.
  public static final int LARGEST_DOCUMENT = 4 << 20;

  private static final int DEEPEST = 100;

  static final JsonFactory FACTORY = factory(LARGEST_DOCUMENT);

  private Json() {}

  private static JsonFactory factory(int largest) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LARGEST_DOCUMENT)
                .maxDocumentLength(largest)
                .build())
        .build();
  }

  /// Reads a document field by field.
  ///
  /// @param form the document's own reading of its fields
  /// @param what what the bytes claim to be, for the message
  /// @throws OciException of category `INVALID`, naming the field where it breaks
  public static <T> T read(byte[] bytes, Function<FieldReader, T> form, String what) {
    var tree = readTree(bytes, what);
    try {
      return form.apply(FieldReader.of(tree));
    } catch (OciException e) {
      throw invalid(what, e.sentence(), e);
    }
  }

  /// Reads a document that is bound by [#mapper].
  ///
  /// @param what what the bytes claim to be, for the message
  /// @throws OciException of category `INVALID`, naming the field where it breaks
  public static <T> T read(byte[] bytes, Class<T> type, String what) {
    T value = read(() -> mapper().readValue(bytes, type), what);
    if (value == null) {
      throw new OciException(
          OciException.Category.INVALID, "read %s: the document is null".formatted(what));
    }
    return value;
  }

  /// Reads a document whose shape is looked at by whoever asks.
  public static JsonNode readTree(byte[] bytes, String what) {
    return readTree(bytes, FACTORY, what);
  }

  /// As [#readTree(byte[], String)], of a document that may have up to so many bytes.
  public static JsonNode readTree(byte[] bytes, int largest, String what) {
    return readTree(bytes, factory(largest), what);
  }

  private static JsonNode readTree(byte[] bytes, JsonFactory factory, String what) {
    return read(
        () -> {
          try (var parser = factory.createParser(bytes)) {
            return JsonTree.readAll(parser);
          }
        },
        what);
  }

  /// Reads what a parser of Jackson's gives, whatever text it parses.
  public static JsonNode readTree(JsonParser parser) throws IOException {
    return JsonTree.readAll(parser);
  }

  /// The shortest form, keys in the order of the record.
  public static byte[] write(Object document) {
    if (document instanceof JsonForm form) {
      return bytes(form.json());
    }
    if (document instanceof JsonNode node) {
      return bytes(node);
    }
    try {
      return mapper().writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON document: " + document.getClass(), e);
    }
  }

  /// The same as a tree.
  public static JsonNode tree(Object document) {
    return document instanceof JsonForm form ? form.json() : mapper().valueToTree(document);
  }

  /// Strings by name, as a tree.
  public static ObjectNode tree(Map<String, String> texts) {
    return FieldWriter.node(texts);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// An array of these, in their order.
  public static ArrayNode array(Stream<? extends JsonNode> elements) {
    return elements.collect(Json::array, ArrayNode::add, ArrayNode::addAll);
  }

  /// Binds records by reflection. Its start takes a good part of a short command's time: not for
  /// what every command reads.
  public static ObjectMapper mapper() {
    return JsonBinding.MAPPER;
  }

  private static byte[] bytes(JsonNode node) {
    try (var bytes = new ByteArrayBuilder();
        var out = FACTORY.createGenerator(bytes)) {
      JsonTree.write(node, out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static <T> T read(Reading<T> reading, String what) {
    try {
      return reading.read();
    } catch (JsonProcessingException e) {
      throw invalid(what, JsonFault.sentence(e), e);
    } catch (IOException e) {
      throw invalid(what, Reason.of(e), e);
    }
  }

  private static OciException invalid(String what, String found, Throwable cause) {
    return new OciException(
        OciException.Category.INVALID, "read %s: %s".formatted(what, found), cause);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }
}
