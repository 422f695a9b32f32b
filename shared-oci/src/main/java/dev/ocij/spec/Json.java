package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// The one JSON mapper: as strict as documents of strangers need it. Two readers must never see two
/// documents in the same bytes, so a doubled key, trailing bytes and coerced types are refused;
/// unknown fields are passed over, as image-spec asks.
public final class Json {
  /// The most bytes that a manifest, index, configuration or signature may have.
  public static final int LARGEST_DOCUMENT = 4 << 20;

  private static final int DEEPEST = 100;

  public static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LARGEST_DOCUMENT)
                          .maxDocumentLength(LARGEST_DOCUMENT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addModule(times())
          .build();

  private Json() {}

  /// Reads one document.
  ///
  /// @param what what the bytes claim to be, for the message
  /// @throws OciException of category `INVALID`, naming the field where it breaks
  public static <T> T read(byte[] bytes, Class<T> type, String what) {
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw invalid(what, "the document is null", null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw invalid(what, JsonFault.sentence(e), e);
    } catch (IOException e) {
      throw invalid(what, String.valueOf(e.getMessage()), e);
    }
  }

  /// As [#read], where the shape is looked at before it is bound.
  public static JsonNode readTree(byte[] bytes, String what) {
    return read(bytes, JsonNode.class, what);
  }

  /// The shortest form, keys in the order of the record.
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON document: " + document.getClass(), e);
    }
  }

  private static OciException invalid(String what, String found, @Nullable Throwable cause) {
    var sentence = "read %s: %s".formatted(what, found);
    return cause == null
        ? new OciException(OciException.Category.INVALID, sentence)
        : new OciException(OciException.Category.INVALID, sentence, cause);
  }

  private static SimpleModule times() {
    return new SimpleModule()
        .addSerializer(new InstantWriter())
        .addDeserializer(Instant.class, new InstantReader());
  }

  /// RFC 3339 as Go writes it: as many digits of a second as needed, in UTC.
  private static final class InstantWriter extends StdScalarSerializer<Instant> {
    private static final DateTimeFormatter SHORTEST =
        new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

    private InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(SHORTEST.format(value));
    }
  }

  /// RFC 3339 with any offset.
  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      var text = in.getValueAsString("");
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, text, "not an RFC 3339 time");
      }
    }
  }
}
