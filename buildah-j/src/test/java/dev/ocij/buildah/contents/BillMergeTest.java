package dev.ocij.buildah.contents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What scanners wrote becomes one bill.
class BillMergeTest {
  private static final String CYCLONEDX = "merge-cyclonedx-by-component-name-and-version";
  private static final String SPDX = "merge-spdx-by-package-name-and-versioninfo";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cat | [1] {"a":2} | [1]{"a":2}
          cat | no json     | nojson
          %1$s | {"x":1} {"components":[{"name":"a"}],"y":2} | {"x":1,"components":[{"name":"a"}]}
          %1$s | {"components":[{"name":"a","version":"1"}]} {"components":[{"name":"a","version":"1","z":0},{"name":"a","version":"2"},{"name":"a"}]} | {"components":[{"name":"a","version":"1"},{"name":"a","version":"2"},{"name":"a"}]}
          %2$s | {"packages":[{"name":"a","version":"1"}]} {"packages":[{"name":"a","version":"2"},{"name":"a","versionInfo":"2"}],"components":[{}]} | {"packages":[{"name":"a","version":"1"},{"name":"a","versionInfo":"2"}]}
          %2$s | {"packages":[{"name":"a"},{"name":"a"}]} {} | {"packages":[{"name":"a"},{"name":"a"}]}
          """)
  void bills_are_merged(String strategy, String documents, String merged) {
    var how = BillMerge.parse(strategy.formatted(CYCLONEDX, SPDX));
    assertThat(new String(how.merge(bytes(documents), false).document(), UTF_8)).isEqualTo(merged);
  }

  @Test
  void one_alone_stays_as_it_is() {
    var document = " {\"components\" : [{}] }\n".getBytes(UTF_8);
    assertThat(BillMerge.CYCLONEDX.merge(List.of(document), false).document()).isEqualTo(document);
  }

  @Test
  void package_urls_are_found_at_any_depth_and_other_references_are_none() {
    var bill =
        BillMerge.CAT.merge(
            bytes(
                "{\"packages\":[{\"externalRefs\":[{\"referenceLocator\":\"pkg:a/b@1\"},"
                    + "{\"referenceLocator\":\"cpe:2.3:a\"}]}]}"
                    + " {\"components\":[{\"purl\":\"pkg:a/a@1\",\"components\":["
                    + "{\"purl\":\"pkg:a/b@1\"}]}]}"),
            true);
    assertThat(bill.purlDocument())
        .asString(UTF_8)
        .isEqualTo("{\"image_contents\":{\"dependencies\":[\"pkg:a/a@1\",\"pkg:a/b@1\"]}}");
  }

  @Test
  void a_bill_may_be_larger_than_other_documents() {
    var name = "a".repeat(3 << 20);
    var large = "{\"components\":[{\"name\":\"%1$s\"},{\"name\":\"%1$sb\"}]}".formatted(name);
    var merged = BillMerge.CYCLONEDX.merge(bytes(large + " {}"), false);
    assertThat(merged.document()).isEqualTo(large.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          %1$s | {} {"components":[{"version":"1"}]} | merge bills of a scanner: in "components" something has no name; choose "cat"
          %1$s | {} []    | merge bills of a scanner: one is no JSON object; choose "cat"
          %2$s | {} {     | read the bill that a scanner wrote:
          other | {} {}   | unknown --sbom-merge-strategy "other": expected cat, %1$s, %2$s
          """)
  void what_cannot_be_merged_is_said(String strategy, String documents, String sentence) {
    assertThatThrownBy(() ->
            BillMerge.parse(strategy.formatted(CYCLONEDX, SPDX)).merge(bytes(documents), false))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(sentence.formatted(CYCLONEDX, SPDX));
  }

  private static List<byte[]> bytes(String documents) {
    return Stream.of(documents.split(" ")).map(text -> text.getBytes(UTF_8)).toList();
  }
}
