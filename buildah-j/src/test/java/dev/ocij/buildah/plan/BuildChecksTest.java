package dev.ocij.buildah.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.buildah.text.Containerfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildChecksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM a;CMD x                              | C:2:1: JSONArgsRecommended
          FROM a;SHELL ["/b"];CMD x                 |
          FROM a;CMD ["x"]                          |
          FROM a;CMD ["x"];CMD ["y"]                | C:3:1: MultipleInstructionsDisallowed
          FROM a;CMD ["x"];FROM b;CMD ["y"]         |
          FROM a AS x;FROM b AS X                   | C:2:1: DuplicateStageName
          FROM a AS scratch                         | C:1:1: ReservedStageName
          FROM a;MAINTAINER me                      | C:2:1: MaintainerDeprecated
          FROM a;ENV A b                            | C:2:1: LegacyKeyValueFormat
          FROM a;LABEL a b                          | C:2:1: LegacyKeyValueFormat
          FROM a;ENV A=b                            |
          FROM a;ENV DB_PASSWORD=x                  | C:2:1: SecretsUsedInArgOrEnv
          FROM a;ARG API_TOKEN                      | C:2:1: SecretsUsedInArgOrEnv
          FROM a;ARG TOKEN_FILE PUBLIC_KEY MONKEY   |
          FROM a;WORKDIR x                          | C:2:1: WorkdirRelativePath
          FROM a;WORKDIR /x;WORKDIR y               |
          FROM a;run x;RUN y                        | C:2:1: ConsistentInstructionCasing
          from a;run x;RUN y                        | C:3:1: ConsistentInstructionCasing
          from a;run x                              |
          @ check=skip=JSONArgsRecommended;FROM a;CMD x |
          @ check=skip=all;FROM a;CMD x;ENV A b     |
          """)
  void finds_what_one_may_regret(String text, String finding) {
    var file = Containerfile.parse("C", text.replace("@", "#").replace(";", "\n") + "\n");
    var found = BuildChecks.of(file).stream().map(Finding::toString).toList();
    if (finding == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).singleElement().asString().startsWith(finding + ": ");
    }
  }

  @Test
  void a_file_may_want_findings_to_be_errors() {
    assertThat(BuildChecks.areErrors(Containerfile.parse("C", "# check=skip=a;error=true\nFROM b")))
        .isTrue();
    assertThat(BuildChecks.areErrors(Containerfile.parse("C", "FROM b"))).isFalse();
  }
}
