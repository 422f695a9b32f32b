package dev.ocij.buildah.contents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bills of material are what the published schemas of their formats say, as the libraries of these
/// formats carry them.
class BillSchemaTest {
  private static final String CYCLONEDX = "http://cyclonedx.org/schema/";

  @ParameterizedTest
  @CsvSource({
    "SPDX,      resources/spdx-schema-v2.3.json, SPDXID",
    "CYCLONEDX, bom-1.5.schema.json,             specVersion"
  })
  void a_bill_follows_the_schema_of_its_format(BillFormat format, String schema, String required)
      throws IOException {
    var judge = schema(schema);
    assertThat(judge.validate(bill(format, software()))).isEmpty();
    assertThat(judge.validate(bill(format, Map.of()))).isEmpty();
    var broken = bill(format, software());
    ((ObjectNode) broken).remove(required);
    assertThat(judge.validate(broken)).isNotEmpty();
  }

  /// The schemas refer to others by addresses of the web: they are read from the library, too.
  private static JsonSchema schema(String resource) {
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V7,
            builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(CYCLONEDX, "classpath:")))
        .getSchema(SchemaLocation.of("classpath:" + resource));
  }

  private static JsonNode bill(BillFormat format, Map<String, String> files) throws IOException {
    var id = Digest.of("image".getBytes(StandardCharsets.UTF_8));
    var subject = new BillSubject("localhost/app:1", id, Instant.ofEpochSecond(9, 5));
    var bill = format.write(subject, ImageContentsTest.contents(files));
    return Json.readTree(Json.write(bill), "a bill");
  }

  private static Map<String, String> software() {
    return Map.of(
        "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n",
        "var/lib/dpkg/status",
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9\n",
        "lib/apk/db/installed", "P:musl\nV:1.2\nA:x86_64\nL:MIT AND \"x\"\n\n",
        "app/node_modules/@a/b/package.json",
            "{\"name\":\"@a/b\",\"version\":\"1.0.0\",\"license\":\"ISC\"}",
        "usr/lib/python3/site-packages/x-1.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: x\nVersion: 1\nLicense: BSD\n\n");
  }
}
