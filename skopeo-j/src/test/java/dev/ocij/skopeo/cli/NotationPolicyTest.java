package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.sigstore.SigstoreServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trust policies of the Notary Project: what notation accepts and refuses by one, we accept and
/// refuse.
@Tag("tool")
class NotationPolicyTest {
  @AutoClose private static DockerRegistry registry;
  private static Tool notation;
  private static String image = "";
  @TempDir private static Path config;

  @BeforeAll
  static void sign_an_image() throws IOException {
    notation = Tool.required("notation");
    registry = DockerRegistry.open();
    var start = StartImages.in(Files.createDirectory(config.resolve("start")));
    for (var name : new String[] {"signer", "other"}) {
      notation.with("cert", "generate-test", name).with(settings()).outcome().succeeded();
    }
    for (var format : new String[] {"jws", "cose"}) {
      SkopeoLine.copy(start.oci(StartImages.SINGLE), "docker://" + image(format), "-q").succeeded();
      SkopeoLine.run(
              "sign",
              "--tls-verify=false",
              "--sign-by-notation-key=" + config.resolve("localkeys/signer.key"),
              "--notation-certificates=" + config.resolve("localkeys/signer.crt"),
              "--signature-format=" + format,
              "docker://" + image(format))
          .succeeded();
    }
    image = image("cose");
  }

  private static String image(String format) {
    return registry.host() + "/team/" + format + ":1";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          accepted | *        | "level":"strict"     | ca:signer | *
          accepted | HOST/team/cose | "level":"strict" | ca:signer | *
          accepted | *        | "level":"permissive" | ca:signer | *
          accepted | *        | "level":"audit"      | ca:other  | *
          accepted | *        | "level":"strict","override":{"revocation":"skip","expiry":"log"} | ca:signer | *
          accepted | *        | "level":"strict","override":{"authenticity":"log"} | ca:other | *
          accepted | *        | "level":"strict"     | ca:other","ca:signer | *
          accepted | *        | "level":"strict"     | ca:signer | x509.subject: C=US, ST=WA, O=Notary, CN=signer
          accepted | *        | "level":"strict","verifyTimestamp":"afterCertExpiry" | ca:signer | *
          refused  | HOST/team | "level":"strict"    | ca:signer | *
          refused  | HOST/team/other | "level":"strict" | ca:signer | *
          refused  | *        | "level":"strict"     | ca:other  | *
          refused  | *        | "level":"permissive" | ca:other  | *
          refused  | *        | "level":"audit","override":{"authenticity":"enforce"} | ca:other | *
          refused  | *        | "level":"strict"     | ca:signer | x509.subject: C=US, ST=WA, O=Other
          refused  | *        | "level":"strict"     | signingAuthority:signer | *
          refused  | *        | "level":"strict"     | ca:none   | *
          refused  | *        | "level":"strict"     | none      | *
          refused  | *        | "level":"strict"     | ca:../ca/signer | *
          refused  | *        | "level":"strict"     | ca:signer | nobody
          refused  | *        | "level":"strict"     | ca:signer | x509.subject: CN=signer
          refused  | *        | "level":"loose"      | ca:signer | *
          refused  | *        | "level":"strict","override":{"integrity":"log"} | ca:signer | *
          refused  | *        | "level":"strict","override":{"expiry":"no"} | ca:signer | *
          refused  | *        | "level":"strict","verifyTimestamp":"never" | ca:signer | *
          refused  | *","HOST/team/cose | "level":"strict" | ca:signer | *
          """)
  void notation_and_we_judge_alike(
      String verdict, String scopes, String level, String stores, String identities)
      throws IOException {
    policy(
        """
        {"version":"1.0","trustPolicies":[{"name":"one","registryScopes":["%s"],
          "signatureVerification":{%s},"trustStores":["%s"],"trustedIdentities":["%s"]}]}
        """
            .formatted(scopes.replace("HOST", registry.host()), level, stores, identities));
    assertJudged(verdict.equals("accepted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"version\":\"2.0\",\"trustPolicies\":[]}",
        "{\"version\":\"1.0\",\"trustPolicies\":[]}",
        "{\"version\":\"1.0\",\"trustPolicies\":[{\"name\":\"one\",\"registryScopes\":[\"*\"]}]}",
        "{\"version\":\"1.0\",\"trustPolicies\":",
      })
  void a_broken_policy_accepts_nothing(String json) throws IOException {
    policy(json);
    assertJudged(false);
  }

  /// notation ends with 0 and says that it verified nothing; for us that is no verification.
  @Test
  void what_is_skipped_is_not_verified() throws IOException {
    policy(
        """
        {"version":"1.0","trustPolicies":[{"name":"one","registryScopes":["*"],
          "signatureVerification":{"level":"skip"}}]}
        """);
    assertThat(verify(image).failed().stderr()).contains("skips verification");
  }

  /// Where the policy names a clock, the timestamp that notation had of it counts, and nothing
  /// else.
  @ParameterizedTest
  @ValueSource(strings = {"jws", "cose"})
  void a_timestamp_is_demanded_where_the_policy_names_a_clock(String format) throws IOException {
    var clocks = Files.createDirectories(config.resolve("truststore/x509/tsa/" + format));
    policy(
        """
        {"version":"1.0","trustPolicies":[{"name":"one","registryScopes":["*"],
          "signatureVerification":{"level":"strict"},
          "trustStores":["ca:signer","tsa:%s"],"trustedIdentities":["*"]}]}
        """
            .formatted(format));
    try (var servers = SigstoreServers.open()) {
      Files.writeString(clocks.resolve("clock.crt"), servers.clockCertificate());
      assertThat(verify(image(format)).failed().stdout()).contains("Signature has no timestamp");
      String[] line = {
        "sign",
        "--insecure-registry",
        "--key=signer",
        "--signature-format=" + format,
        "--timestamp-url=" + servers.clock(),
        "--timestamp-root-cert=" + clocks.resolve("clock.crt"),
        image(format)
      };
      notation.with(line).with(settings()).outcome().succeeded();
    }
    assertThat(verify(image(format)).succeeded().stdout().lines())
        .filteredOn(line -> line.endsWith(": verified"))
        .hasSize(1);
    try (var strangers = SigstoreServers.open()) {
      Files.writeString(clocks.resolve("clock.crt"), strangers.clockCertificate());
    }
    assertThat(verify(image(format)).failed().stdout()).contains("does not lead to a trusted root");
  }

  private static void assertJudged(boolean accepted) {
    assertThat(verify(image).status() == 0).as("we").isEqualTo(accepted);
    var theirs = notation.with("verify", "--insecure-registry", image).with(settings()).outcome();
    assertThat(theirs.status() == 0).as("notation: " + theirs.stderr()).isEqualTo(accepted);
  }

  private static Outcome verify(String image) {
    return SkopeoLine.run(
        "verify",
        "--tls-verify=false",
        "--notation-policy=" + config.resolve("trustpolicy.json"),
        "docker://" + image);
  }

  private static void policy(String json) throws IOException {
    Files.writeString(config.resolve("trustpolicy.json"), json);
  }

  private static Map<String, String> settings() {
    return Map.of("NOTATION_CONFIG", config.toString(), "HOME", config.toString());
  }
}
