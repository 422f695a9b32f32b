package dev.ocij.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  private static final String REJECT = "[{\"type\":\"reject\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                             | the key "default" is missing
          []                                             | expected an object
          {"default":[]}                                 | at least one requirement
          {"default":{}}                                 | at least one requirement
          {"default":[{}]}                               | the key "type" is missing
          {"default":[{"type":"trust"}]}                 | unknown type "trust"
          {"default":[{"type":1}]}                       | "type" must be a string
          {"default":[{"type":"reject","x":1}]}          | unknown key "x"
          {"default":[{"type":"reject"}],"Default":1}    | unknown key "Default"
          {"default":[{"type":"reject"}],"default":[{"type":"insecureAcceptAnything"}]} | default
          {"default":[{"type":"reject","type":"insecureAcceptAnything"}]} | type
          {"default":[{"type":"reject"}]}x               | policy
          {"default":[{"type":"reject"}],"transports":[]} | "transports": expected an object
          {"default":[{"type":"reject"}],"transports":{"docker":[]}} | expected an object
          {"default":[{"type":"reject"}],"transports":{"docker":{"a/b":[]}}} | scope "a/b"
          {"default":[{"type":"reject"}],"transports":{"dir":{"/":[{"type":"reject"}]}}} | use the scope ""
          {"default":[{"type":"reject"}],"transports":{"oci":{"a":[{"type":"reject"}]}}} | absolute path
          {"default":[{"type":"reject"}],"transports":{"oci":{"/a/../b":[{"type":"reject"}]}}} | without "."
          {"default":[{"type":"reject"}],"transports":{"docker-archive":{"/a":[{"type":"reject"}]}}} | only the scope ""
          """)
  void refuses_a_file_that_is_not_understood(String json, String reason) {
    assertThatThrownBy(() -> policy(json))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "signedBy","keyType":"GPGKeys"                                   | exactly one of keyPath
          "signedBy","keyPath":"/k"                                        | "keyType" is missing
          "signedBy","keyType":"X","keyPath":"/k"                          | unknown keyType "X"
          "signedBy","keyType":"GPGKeys","keyPath":"/k","keyData":"aaaa"   | exactly one of
          "signedBy","keyType":"GPGKeys","keyPaths":[]                     | not empty
          "signedBy","keyType":"GPGKeys","keyPaths":[1]                    | must be a string
          "signedBy","keyType":"GPGKeys","keyData":"?"                     | not base64
          "signedBy","keyType":"GPGKeys","keyDatas":["aaaa"]               | exactly one of
          "signedBy","keyType":"GPGKeys","keyPath":"/k","fulcio":{}        | unknown key "fulcio"
          "signedBy","keyType":"GPGKeys","keyPath":"/k","signedIdentity":{"type":"any"} | unknown type "any"
          "signedBy","keyType":"GPGKeys","keyPath":"/k","signedIdentity":{"type":"matchExact","x":1} | unknown key "x"
          "signedBy","keyType":"GPGKeys","keyPath":"/k","signedIdentity":{"type":"exactReference","dockerReference":"a/b"} | neither tag nor digest
          "signedBy","keyType":"GPGKeys","keyPath":"/k","signedIdentity":{"type":"exactRepository","dockerRepository":"A"} | invalid reference
          "signedBy","keyType":"GPGKeys","keyPath":"/k","signedIdentity":{"type":"remapIdentity","prefix":"busybox/x","signedPrefix":"h.example"} | not a complete name
          "signedBaseLayer"                                                | "baseLayerIdentity" is missing
          "sigstoreSigned"                                                 | exactly one of
          "sigstoreSigned","keyPath":"/k","keyDatas":["aaaa"]              | exactly one of
          "sigstoreSigned","fulcio":{"caPath":"/c","oidcIssuer":"i","subjectEmail":"e"} | needs one of
          "sigstoreSigned","rekorPublicKeyPath":"/r","fulcio":{"oidcIssuer":"i","subjectEmail":"e"} | exactly one of caPath
          "sigstoreSigned","rekorPublicKeyPath":"/r","fulcio":{"caPath":"/c","subjectEmail":"e"} | "oidcIssuer" is missing
          "sigstoreSigned","rekorPublicKeyPath":"/r","rekorPublicKeyData":"aaaa","keyPath":"/k" | at most one
          "sigstoreSigned","rekorPublicKeyPath":"/r","pki":{"caRootsPath":"/c","subjectEmail":"e"} | goes with none
          "sigstoreSigned","pki":{"caRootsPath":"/c"}                      | subjectEmail, subjectHostname
          "bundleSigned"                                                   | exactly one of
          "bundleSigned","keyPath":"/k","signedIdentity":{"type":"matchExact"} | unknown key "signedIdentity"
          "bundleSigned","keyPath":"/k","predicateType":1                  | must be a string
          "notationSigned","trustedIdentities":["*"]                       | exactly one of caPath
          "notationSigned","caPath":"/c"                                   | "trustedIdentities" is missing
          "notationSigned","caPath":"/c","trustedIdentities":[]            | not empty
          "notationSigned","caPath":"/c","trustedIdentities":["*"],"level":"audit" | unknown key "level"
          """)
  void refuses_a_requirement_that_is_not_understood(String requirement, String reason) {
    assertThatThrownBy(() -> policy("{\"default\":[{\"type\":%s}]}".formatted(requirement)))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "reject" | Running image docker://registry.example/team/app:1 is rejected by policy.
          "signedBaseLayer","baseLayerIdentity":{"type":"matchExact"} | signedBaseLayer not implemented yet!
          "signedBy","keyType":"X509Certificates","keyPath":"/k" | not implemented yet
          """)
  void rejects_what_it_cannot_check(String requirement, String reason) {
    var policy = policy("{\"default\":[{\"type\":%s}]}".formatted(requirement));

    assertThat(verdict(policy, Candidates.NAME))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class, rejected -> assertThat(rejected.reason()).endsWith(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "default":[{"type":"reject"}] | reject; transport docker, the policy's default
          "default":[{"type":"insecureAcceptAnything"},{"type":"reject"}] | reject; transport docker, the policy's default
          "default":[{"type":"reject"}],"transports":{"docker":{"registry.example":[{"type":"signedBaseLayer","baseLayerIdentity":{"type":"matchExact"}}]}} | signedBaseLayer; transport docker, scope "registry.example"
          "default":[{"type":"signedBy","keyType":"X509Certificates","keyPath":"/k"}] | signedBy with keyType "X509Certificates"; transport docker, the policy's default
          """)
  void a_refusal_names_the_demand_and_where_it_stands(String json, String demand) {
    var verdict = verdict(policy("{%s}".formatted(json)), Candidates.NAME);

    assertThatThrownBy(verdict::orThrow)
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("Source image rejected: ")
        .hasMessageEndingWith(" (demanded: %s)".formatted(demand));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          registry.example/team/app:1, registry.example/team/app:1
          registry.example/team/app:2, registry.example/team/app
          registry.example/team/b:1,   registry.example/team
          registry.example/other:1,    registry.example
          registry.example:5000/a:1,   *.example
          x.sub.example/a:1,           *.sub.example
          sub.example/a:1,             *.example
          busybox,                     docker.io/library/busybox
          elsewhere.test/a:1,          ''
          """)
  void takes_the_most_specific_scope(String name, String expected) {
    var scopes =
        List.of(
            "",
            "*.example",
            "*.sub.example",
            "registry.example",
            "registry.example/team",
            "registry.example/team/app",
            "registry.example/team/app:1",
            "docker.io/library/busybox");
    for (var scope : scopes) {
      var rule = scope.equals(expected) ? REJECT : "[{\"type\":\"insecureAcceptAnything\"}]";
      var policy =
          policy(
              "{\"default\":%s,\"transports\":{\"docker\":{%s}}}"
                  .formatted(REJECT, scopesJson(scopes, scope, rule)));
      assertThat(verdict(policy, name) instanceof Verdict.Rejected)
          .as(scope)
          .isEqualTo(scope.equals(expected));
    }
  }

  /// An older image of a name has a signature that holds, too: who must not get it names a digest.
  @Test
  void one_digest_of_a_repository_may_be_all_that_counts() {
    var now = Candidates.manifest("a").digest();
    var before = Candidates.manifest("b").digest();
    var pinned =
        policy(
            "{\"default\":%s,\"transports\":{\"docker\":{\"registry.example/team/app\":%s,\"registry.example/team/app@%s\":[{\"type\":\"insecureAcceptAnything\"}]}}}"
                .formatted(REJECT, REJECT, now));

    assertThat(verdict(pinned, "registry.example/team/app@" + now))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(verdict(pinned, "registry.example/team/app@" + before))
        .isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict(pinned, "registry.example/team/app:1")).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void finds_the_users_file_before_the_systems(@TempDir Path home) throws IOException {
    var file = Files.createDirectories(home.resolve(".config/containers")).resolve("policy.json");
    Files.writeString(file, "{\"default\":%s}".formatted(REJECT));

    var policy = PolicyFile.find(Map.of("HOME", home.toString()), List.of());

    assertThat(policy.fallback()).containsExactly(new Requirement.Reject());
  }

  @Test
  void names_the_file_that_is_refused(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("policy.json"), "{\"defualt\":[]}");

    assertThatThrownBy(() -> PolicyFile.read(file, List.of()))
        .hasMessageContaining(file.toString());
  }

  private static String scopesJson(List<String> scopes, String special, String rule) {
    var accept = "[{\"type\":\"insecureAcceptAnything\"}]";
    return String.join(
        ",",
        scopes.stream()
            .map(s -> "\"%s\":%s".formatted(s, s.equals(special) ? rule : accept))
            .toList());
  }

  private static PolicyFile policy(String json) {
    return PolicyFile.parse(json.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private static Verdict verdict(PolicyFile policy, String name) {
    return policy.evaluate(Candidates.of(name, Candidates.manifest("a"), List.of()));
  }
}
