package dev.ocij.buildah.sourcepolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePolicyTest {
  private static final String ALPINE = "docker-image://docker.io/library/alpine:3";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WILDCARD | docker-image://docker.io/library/*     | docker-image://mirror.example/$1         | docker-image://mirror.example/alpine:3
          WILDCARD | docker-image://docker.io/*/*:*         | docker-image://m.example/${1}-${2}:${3}x | docker-image://m.example/library-alpine:3x
          WILDCARD | docker-image://docker.io/library/alpine | docker-image://no.example/x             |
          WILDCARD | *                                      | docker-image://one.example/x             | docker-image://one.example/x
          WILDCARD | docker-image://docker.io/library/alpine:? | docker-image://no.example/x           |
          EXACT    | docker-image://docker.io/library/alpine:3 | docker-image://e.example/$1           | docker-image://e.example/$1
          EXACT    | docker-image://docker.io/library/*     | docker-image://no.example/x              |
          REGEX    | docker[.]io/library/(?<name>\\w+)      | mirror.example/${name}-x                 | docker-image://mirror.example/alpine-x:3
          REGEX    | alpine:(\\d)$                          | busybox:$1$2                             | docker-image://docker.io/library/busybox:3
          REGEX    | ^alpine                                | no                                       |
          """)
  void a_rule_converts_what_its_selector_matches(
      String type, String selector, String updated, String expected) {
    var policy =
        policy(
            """
            {"action":"CONVERT","selector":{"matchType":"%s","identifier":"%s"},"updates":{"identifier":"%s"}}\
            """
                .formatted(type, selector.replace("\\", "\\\\"), updated));
    assertThat(policy.judge(BuildSource.other(ALPINE)).identifier())
        .isEqualTo(expected == null ? ALPINE : expected);
  }

  @Test
  void the_last_of_those_that_allow_and_deny_decides() {
    var deny = rule("DENY", "docker-image://*");
    var allow = rule("ALLOW", "docker-image://docker.io/library/*");
    assertThat(policy(deny, allow).judge(BuildSource.other(ALPINE)).identifier()).isEqualTo(ALPINE);
    assertThatThrownBy(() -> policy(allow, deny).judge(BuildSource.other(ALPINE)))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.category()).isEqualTo(OciException.Category.REJECTED))
        .hasMessage(
            "take %s: denied by rule 2 of p.json, DENY \"docker-image://*\"; an ALLOW behind it would except it"
                .formatted(ALPINE));
    assertThat(policy(deny).judge(BuildSource.file("http://a.example/f", null)).identifier())
        .isEqualTo("http://a.example/f");
  }

  @Test
  void what_was_converted_is_judged_anew() {
    var convert =
        """
        {"action":"CONVERT","selector":{"identifier":"%s"},"updates":{"identifier":"docker-image://evil.example/x"}}\
        """
            .formatted(ALPINE);
    assertThatThrownBy(() ->
            policy(convert, rule("DENY", "docker-image://evil.example/*"))
                .judge(BuildSource.other(ALPINE)))
        .hasMessageStartingWith("take docker-image://evil.example/x: denied by rule 2");
  }

  @Test
  void rules_that_run_in_a_circle_are_told() {
    var longer =
        """
        {"action":"CONVERT","selector":{"identifier":"*"},"updates":{"identifier":"${1}x"}}\
        """;
    assertThatThrownBy(() -> policy(longer).judge(BuildSource.other("a")))
        .hasMessage(
            "take a: the rules of p.json convert it again and again, at last to a"
                + "x".repeat(21));
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL,    one, true",
    "EQUAL,    two, false",
    "NOTEQUAL, two, true",
    "NOTEQUAL, one, false",
    "MATCHES,  ^o,  true",
    "MATCHES,  ^n,  false"
  })
  void a_selector_may_ask_for_attributes(String condition, String value, boolean denied) {
    var policy =
        policy(
            """
            {"action":"DENY","selector":{"identifier":"*","constraints":[
             {"key":"k","value":"%s","condition":"%s"}]}}\
            """
                .formatted(value, condition));
    var source = new BuildSource("https://a.example/f", Map.of("k", "one"));
    if (denied) {
      assertThatThrownBy(() -> policy.judge(source)).isInstanceOf(OciException.class);
    } else {
      assertThat(policy.judge(source)).isEqualTo(source);
    }
  }

  @Test
  void attributes_are_added_and_the_identifier_stays() {
    var policy =
        policy(
            """
            {"action":"CONVERT","selector":{"identifier":"https://a.example/*"},"updates":{"attrs":{"http.checksum":"sha256:1"}}}\
            """);
    assertThat(policy.judge(BuildSource.file("https://a.example/f", null)))
        .isEqualTo(new BuildSource("https://a.example/f", Map.of("http.checksum", "sha256:1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":2}                                             | version 2 is not known; 1 is
          {"rules":[{"selector":{"identifier":"x"}}]}               | rules[0].action
          {"rules":[{"action":"ALLOW"}]}                            | rules[0].selector
          {"rules":[{"action":"DENY","selector":{}}]}               | rules[0].selector.identifier
          {"rules":[{"action":"DENY","selector":{"identifier":"x","matchType":"GLOB"}}]} | rules[0].selector.matchType
          {"rules":[{"action":"DENY","selector":{"identifier":"(","matchType":"REGEX"}}]} | invalid pattern "("
          []                                                        | source policy p.json
          """)
  void what_is_no_policy_is_told(String json, String expected) {
    assertThatThrownBy(() -> SourcePolicy.parse(json.getBytes(StandardCharsets.UTF_8), "p.json"))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("p.json")
        .hasMessageContaining(expected);
  }

  private static String rule(String action, String identifier) {
    return "{\"action\":\"%s\",\"selector\":{\"identifier\":\"%s\"}}".formatted(action, identifier);
  }

  private static SourcePolicy policy(String... rules) {
    var json = "{\"version\":1,\"rules\":[%s]}".formatted(String.join(",", rules));
    return SourcePolicy.parse(json.getBytes(StandardCharsets.UTF_8), "p.json");
  }
}
