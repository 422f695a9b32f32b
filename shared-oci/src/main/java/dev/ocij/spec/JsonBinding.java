package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

/// Jackson's mapper, as strict as [Json] asks, for records that are read and written by reflection.
/// Documents inside them that know their own form are read and written by it.
final class JsonBinding {
  static final ObjectMapper MAPPER =
      JsonMapper.builder(Json.FACTORY)
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
          .addModule(
              forms()
                  .addSerializer(new InstantWriter())
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private JsonBinding() {}

  private static SimpleModule forms() {
    var module = new SimpleModule().addSerializer(JsonForm.class, new FormWriter());
    add(module, ContainerConfig.class, ContainerConfig::from);
    add(module, Descriptor.class, Descriptor::from);
    add(module, Healthcheck.class, Healthcheck::from);
    add(module, History.class, History::from);
    add(module, ImageConfig.class, ImageConfig::from);
    add(module, ImageIndex.class, ImageIndex::from);
    add(module, ImageManifest.class, ImageManifest::from);
    add(module, Platform.class, Platform::from);
    add(module, RootFs.class, RootFs::from);
    return module;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<FieldReader, T> form) {
    module.addDeserializer(type, new FormReader<>(type, form));
  }

  private static final class FormReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Function<FieldReader, T> form;

    private FormReader(Class<T> type, Function<FieldReader, T> form) {
      super(type);
      this.form = form;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return form.apply(FieldReader.of(context.readTree(in)));
    }
  }

  private static final class FormWriter extends StdSerializer<JsonForm> {
    private static final long serialVersionUID = 1;

    private FormWriter() {
      super(JsonForm.class);
    }

    @Override
    public void serialize(JsonForm value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      value.json().serialize(out, provider);
    }
  }

  /// RFC 3339 as Go writes it.
  private static final class InstantWriter extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1;

    private InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(FieldWriter.shortest(value));
    }
  }

  /// RFC 3339 with any offset.
  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

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
