package dev.ocij.buildah.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BuildChecksTest {
  private static final Surroundings AROUND =
      new Surroundings(
          path -> path.startsWith("left"), BuildChecksTest::base, Platform.host(), null);

  private static Optional<ImageConfig> base(String name) {
    return switch (name) {
      case "base" -> Optional.of(config(Platform.host()));
      case "foreign" -> Optional.of(config(Platform.of("linux", "s390x")));
      default -> Optional.empty();
    };
  }

  private static ImageConfig config(Platform platform) {
    var config = ImageConfig.scratch(platform);
    return config.withConfig(config.config().with(draft -> draft.setEnv("HOME", "/")));
  }

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
          FROM a AS x;FROM b AS x                   | C:2:1: DuplicateStageName
          FROM a AS X                               | C:1:1: StageNameCasing
          FROM a as x                               | C:1:1: FromAsCasing
          from a as x                               |
          FROM --platform=linux/amd64 a             | C:1:1: FromPlatformFlagConstDisallowed
          FROM --platform=linux/amd64 a AS on-amd64 |
          FROM --platform=$TARGETPLATFORM a         | C:1:1: RedundantTargetPlatform
          FROM --platform=${TARGETPLATFORM} a       | C:1:1: RedundantTargetPlatform
          FROM --platform=$BUILDPLATFORM a          |
          FROM a:$V                                 | C:1:1: UndefinedArgInFrom
          FROM a;ARG V;FROM b:${V}                  | C:3:1: UndefinedArgInFrom
          FROM a:${V:-1}                            |
          ARG V=1;FROM a:$V                         |
          FROM a;EXPOSE 80/TCP                      | C:2:1: ExposeProtoCasing
          FROM a;EXPOSE 80/udp 81 $P                |
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
          FROM base;USER $HOEM                      | C:2:1: UndefinedVar
          FROM base;USER $HOME                      |
          FROM base;ENV A=$B;ENV B=1 C=$D           | C:2:1: UndefinedVar C:3:1: UndefinedVar
          FROM base;ARG V W=$V;ENV PATH=$PATH:/b$W  |
          FROM base;COPY ${V:-a} "$V" \\$X /         | C:2:1: UndefinedVar
          FROM base;RUN $x;CMD ["$x"]               |
          FROM base;RUN --mount=type=cache,target=$x y | C:2:1: UndefinedVar
          FROM base AS s;ARG V;FROM s;EXPOSE $V     |
          FROM unknown AS s;FROM s;EXPOSE $V        |
          FROM scratch AS s;FROM s;EXPOSE $V        | C:3:1: UndefinedVar
          ARG V;FROM scratch;LABEL a=$V             | C:3:1: UndefinedVar
          FROM a;COPY left/out b /                  | C:2:1: CopyIgnoredFile
          FROM a;ADD ./left/ http://left/ /         | C:2:1: CopyIgnoredFile
          FROM a;COPY --from=b left /;COPY . l* /   |
          ARG V;FROM a:$V                           | C:2:1: InvalidDefaultArgInFrom
          ARG V;FROM a${V:+:$V}                     |
          ARG V;FROM oci:dir:$V                     |
          FROM a;EXPOSE 127.0.0.1:80:80             | C:2:1: ExposeInvalidFormat
          FROM foreign                              | C:1:1: InvalidBaseImagePlatform
          FROM --platform=$BUILDPLATFORM foreign    | C:1:1: InvalidBaseImagePlatform
          FROM a;RUN x \\;;  y                       | C:3:1: NoEmptyContinuation
          FROM a;RUN x \\;@ z;  y                    |
          @ check=experimental=all;@ b;FROM a AS s  | C:3:1: InvalidDefinitionDescription
          @ check=experimental=all;@ s is b;FROM a AS s |
          @ check=experimental=all;@ b;;FROM a AS s |
          @ b;FROM a AS s                           |
          @ check=skip=JSONArgsRecommended;FROM a;CMD x |
          @ check=skip=all;FROM a;CMD x;ENV A b     |
          """)
  void finds_what_one_may_regret(String text, String finding) {
    var file = Containerfile.parse("C", text.replace("@", "#").replace(";", "\n") + "\n");
    var found = BuildChecks.of(file, AROUND).stream().map(each -> each.at() + ": " + each.rule());
    assertThat(found.collect(joining(" "))).isEqualTo(Objects.requireNonNullElse(finding, ""));
  }

  /// The pages are what people find who look for the name of a rule.
  @Test
  void each_rule_has_a_page() throws IOException {
    try (var pages = Files.list(ProjectFolder.root().resolve("docs/checks"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Rule.values()).map(rule -> rule + ".md").toList());
    }
    for (var rule : Rule.values()) {
      assertThat(ProjectFolder.root().resolve("docs/checks/" + rule + ".md"))
          .content()
          .startsWith("# " + rule + "\n");
    }
  }

  /// What a page calls better is; what it says is found, is found.
  @ParameterizedTest
  @EnumSource
  void pages_show_what_is_found_and_what_is_not(Rule rule) throws IOException {
    var page = Files.readString(ProjectFolder.root().resolve("docs/checks/" + rule + ".md"));
    var shown = page.split("```(dockerfile)?\n");
    assertThat(rules(shown[1])).contains(rule);
    assertThat(rules(shown[3])).doesNotContain(rule);
  }

  private static List<Rule> rules(String text) {
    var whole = text.contains("FROM ") ? text : "FROM a\n" + text;
    return BuildChecks.of(Containerfile.parse("C", whole), AROUND).stream()
        .map(Finding::rule)
        .toList();
  }

  @Test
  void a_file_may_want_findings_to_be_errors() {
    var strict = Containerfile.parse("C", "# check=skip=a;error=true\nFROM b");
    var lax = Containerfile.parse("C", "FROM b");
    assertThat(BuildChecks.areErrors(strict, AROUND)).isTrue();
    assertThat(BuildChecks.areErrors(lax, AROUND)).isFalse();
    assertThat(BuildChecks.areErrors(strict, told("skip=a"))).isFalse();
    assertThat(BuildChecks.areErrors(lax, told("error=true"))).isTrue();
  }

  @Test
  void the_caller_is_heard_in_place_of_the_file() {
    var file = Containerfile.parse("C", "# check=skip=all\nFROM a\nCMD x\nENV A b\n");
    assertThat(BuildChecks.of(file, told("skip=JSONArgsRecommended")))
        .extracting(Finding::rule)
        .containsExactly(Rule.LEGACY_KEY_VALUE_FORMAT);
  }

  private static Surroundings told(String check) {
    return new Surroundings(AROUND.ignored(), AROUND.bases(), AROUND.platform(), check);
  }
}
