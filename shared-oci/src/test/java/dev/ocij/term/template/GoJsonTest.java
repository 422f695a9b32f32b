package dev.ocij.term.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { "b" : 1, "a" : [ ] }      | {"b":1,"a":[]}
          [ 1, -2, null, true, {} ]   | [1,-2,null,true,{}]
          "a<b>&c"                    | "a\\u003cb\\u003e\\u0026c"
          "\\u2028\\u2029"            | "\\u2028\\u2029"
          "\\"\\\\/"                  | "\\"\\\\/"
          "\\b\\f\\n\\r\\t\\u0001"    | "\\b\\f\\n\\r\\t\\u0001"
          "\\u007f Größe 🦭"          | "\u007f Größe 🦭"
          "\\ud800"                   | "\\ufffd"
          12345678901234567890        | 12345678901234567890
          1.50                        | 1.5
          2.0                         | 2
          0.0                         | 0
          1e20                        | 100000000000000000000
          1e21                        | 1e+21
          -1.25e-7                    | -1.25e-7
          0.000001                    | 0.000001
          """)
  void is_written_in_one_line(String value, String text) {
    assertThat(GoJson.compact(read(value))).isEqualTo(text);
  }

  @Test
  void is_written_in_indented_lines() {
    assertThat(GoJson.indented(read("{\"a\":{},\"b\":[],\"c\":{\"d\":[1,{\"e\":null}]}}"), 4))
        .isEqualTo(
            """
            {
                "a": {},
                "b": [],
                "c": {
                    "d": [
                        1,
                        {
                            "e": null
                        }
                    ]
                }
            }\
            """);
  }

  @Test
  void leaves_html_alone_where_asked() {
    assertThat(GoJson.unescaped(new TextNode("a<b>&c\u2028"))).isEqualTo("\"a<b>&c\\u2028\"");
  }

  private static JsonNode read(String text) {
    return Json.readTree(text.getBytes(StandardCharsets.UTF_8), "test");
  }
}
