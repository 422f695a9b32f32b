package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.sigstore.SigstoreServers;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `sign`, `verify` and `policy explain`, for images where they are; cosign judges what is signed
/// its way, and we judge what it signed.
@Tag("tool")
class SigningTest {
  private static final Map<String, String> SECRET = Map.of("COSIGN_PASSWORD", "secret");
  private static final String NAME = "registry.example/team/app:1";
  @AutoClose private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void open() throws IOException {
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    Files.writeString(shared.resolve("secret"), "secret\n");
    for (var key : new String[] {"key", "other"}) {
      SkopeoLine.run(
              "generate-sigstore-key",
              "--output-prefix=" + shared.resolve(key),
              "--passphrase-file=" + shared.resolve("secret"))
          .succeeded();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "bundle"})
  void cosign_believes_what_we_signed(String layout) {
    var cosign = Tool.required("cosign");
    var image = pushed(StartImages.SINGLE);
    sign(image, "--layout=" + layout).succeeded();
    var verify =
        cosign
            .with(
                "verify",
                "--new-bundle-format=" + layout.equals("bundle"),
                "--key=" + shared.resolve("key.pub"),
                "--insecure-ignore-tlog",
                "--allow-insecure-registry",
                image.substring("docker://".length()))
            .with(SECRET)
            .outcome();
    assertThat(verify.succeeded().stderr()).contains("The signatures were verified against");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void we_believe_what_cosign_signed(boolean bundle) {
    var cosign = Tool.required("cosign");
    cosign
        .with("generate-key-pair", "--output-key-prefix=" + folder.resolve("cosign"))
        .with(SECRET)
        .outcome()
        .succeeded();
    var image = pushed(StartImages.SINGLE);
    var named = image.substring("docker://".length());
    var digest =
        SkopeoLine.run("inspect", "--tls-verify=false", "--format={{.Digest}}", image)
            .succeeded()
            .stdout()
            .strip();
    cosign
        .with(
            "sign",
            "--yes",
            "--new-bundle-format=" + bundle,
            "--use-signing-config=false",
            "--tlog-upload=false",
            "--key=" + folder.resolve("cosign.key"),
            "--allow-insecure-registry",
            named.replaceFirst(":[^:/]+$", "") + "@" + digest)
        .with(SECRET)
        .outcome()
        .succeeded();
    var kind = bundle ? "bundle" : "sigstore";
    assertThat(verify(image, "--key=" + folder.resolve("cosign.pub")).succeeded().stdout())
        .startsWith(kind + " signature")
        .contains(": verified");
    assertThat(verify(image, "--key=" + shared.resolve("other.pub")).failed().stderr())
        .contains("none of its 1 signatures holds");
  }

  @Test
  void what_is_attested_is_verified_by_its_type_and_is_no_signature() throws IOException {
    var cosign = Tool.required("cosign");
    var image = place("docker", StartImages.SINGLE);
    var bom = Files.writeString(folder.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\"}");
    String[] line = {
      "attest",
      "--tls-verify=false",
      "--type=cyclonedx",
      "--predicate=" + bom,
      "--sign-by-sigstore-private-key=" + shared.resolve("key.private"),
      "--sign-passphrase-file=" + shared.resolve("secret"),
      image
    };
    SkopeoLine.run(line).succeeded();
    var key = "--key=" + shared.resolve("key.pub");
    assertThat(verify(image, key, "--predicate-type=cyclonedx").succeeded().stdout())
        .contains("saying \"https://cyclonedx.org/bom\"", ": verified");
    assertThat(verify(image, key).failed().stdout())
        .contains("it does not say https://sigstore.dev/cosign/sign/v1");
    assertThat(verify(image, key, "--predicate-type=spdxjson").status()).isOne();
    var judged =
        cosign
            .with(
                "verify-attestation",
                "--type=cyclonedx",
                key,
                "--insecure-ignore-tlog",
                "--allow-insecure-registry",
                image.substring("docker://".length()))
            .with(SECRET)
            .outcome();
    assertThat(judged.succeeded().stderr()).contains("The signatures were verified against");
    assertThat(SkopeoLine.run("attest", "--type=x", "--predicate=" + bom, image).failed().stderr())
        .contains("say by whom");
  }

  @Test
  void whom_a_trusted_root_vouches_for_is_believed_without_a_key() throws IOException {
    var image = place("docker", StartImages.SINGLE);
    String[] who = {
      "--trusted-root=" + signedByCertificate(image),
      "--certificate-identity=" + SigstoreServers.EMAIL,
      "--certificate-oidc-issuer=" + SigstoreServers.ISSUER
    };
    assertThat(verify(image, who).succeeded().stdout())
        .startsWith("bundle signature saying")
        .contains("by signer@example.test (https://issuer.example.test)", ": verified");
    assertThat(verify(image, who[0], "--certificate-identity=x", who[2]).failed().stdout())
        .contains("Required identity \"x\"");
    assertThat(verify(image, who[0], who[1]).failed().stderr())
        .contains("must be specified together");
    assertThat(
            verify(image, "--key=" + shared.resolve("key.pub"), who[0], who[1], who[2])
                .failed()
                .stderr())
        .contains("--key, --trusted-root and --notation-policy");
  }

  @Test
  void a_policy_believes_whom_a_trusted_root_vouches_for() throws IOException {
    var image = place("docker", StartImages.SINGLE);
    var root = signedByCertificate(image);
    var policy =
        Files.writeString(
            folder.resolve("policy.json"),
            """
            {"default":[{"type":"bundleSigned","keyless":{"trustedRootPath":"%s",
              "oidcIssuer":"%s","subjectEmail":"%s"}}]}
            """
                .formatted(root, SigstoreServers.ISSUER, SigstoreServers.EMAIL));
    String[] copy = {
      "--policy=" + policy, "copy", "-q", "--src-tls-verify=false", image, "dir:" + folder + "/out"
    };
    SkopeoLine.run(copy).succeeded();
    var unsigned = start.oci(StartImages.SINGLE);
    assertThat(
            SkopeoLine.run("--policy=" + policy, "copy", unsigned, "dir:" + folder + "/no")
                .failed()
                .stderr())
        .contains("bundleSigned by signer@example.test of https://issuer.example.test, by " + root);
  }

  /// Signs as cosign does without a key.
  ///
  /// @return the trusted root that vouches for who signed
  private Path signedByCertificate(String image) throws IOException {
    var root = folder.resolve("root.json");
    try (var servers = SigstoreServers.open()) {
      Files.write(folder.resolve("signing.json"), servers.signingConfig());
      Files.write(root, servers.trustedRoot());
      String[] line = {
        "sign",
        "--yes",
        "--signing-config=" + folder.resolve("signing.json"),
        "--trusted-root=" + root,
        "--identity-token=" + servers.token(),
        "--allow-http-registry",
        image.substring("docker://".length())
      };
      var home = Map.of("HOME", folder.toString());
      Tool.required("cosign").with(line).with(home).outcome().succeeded();
    }
    return root;
  }

  @Test
  void notation_and_we_believe_each_other() throws IOException {
    var notation = Tool.required("notation");
    var config = folder.resolve("notation");
    var settings = Map.of("NOTATION_CONFIG", config.toString(), "HOME", folder.toString());
    notation.with("cert", "generate-test", "signer").with(settings).outcome().succeeded();
    Files.writeString(
        config.resolve("trustpolicy.json"),
        """
        {"version":"1.0","trustPolicies":[{"name":"all","registryScopes":["*"],
          "signatureVerification":{"level":"strict"},"trustStores":["ca:signer"],
          "trustedIdentities":["*"]}]}
        """);
    var certificate = config.resolve("localkeys/signer.crt");
    var image = place("docker", StartImages.SINGLE);
    var name = image.substring("docker://".length());
    for (var format : new String[] {"jws", "cose"}) {
      SkopeoLine.run(
              "sign",
              "--tls-verify=false",
              "--sign-by-notation-key=" + config.resolve("localkeys/signer.key"),
              "--notation-certificates=" + certificate,
              "--signature-format=" + format,
              image)
          .succeeded();
      notation.with("verify", "--insecure-registry", name).with(settings).outcome().succeeded();
    }
    for (var format : new String[] {"jws", "cose"}) {
      notation
          .with("sign", "--insecure-registry", "--signature-format=" + format, "--key=signer", name)
          .with(settings)
          .outcome()
          .succeeded();
    }
    assertThat(verify(image, "--key=" + certificate).succeeded().stdout().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("notation signature by") && line.endsWith(": verified"));
    notation.with("cert", "generate-test", "other").with(settings).outcome().succeeded();
    assertThat(verify(image, "--key=" + config.resolve("localkeys/other.crt")).failed().stdout())
        .contains("does not lead to a trusted root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "oci", "dir"})
  void an_index_and_its_images_are_signed_where_they_are(String transport) {
    var image = place(transport, StartImages.INDEX);
    assertThat(sign(image, "--layout=both", "--recursive", "--sign-identity=" + NAME).succeeded())
        .satisfies(signed -> assertThat(signed.stdout().lines()).hasSize(3));
    var found = verify(image, "--key=" + shared.resolve("key.pub"), "--recursive").succeeded();
    assertThat(found.stdout().lines())
        .hasSize(6)
        .allMatch(line -> line.endsWith(": verified"))
        .anyMatch(line -> line.startsWith("sigstore signature for \"" + NAME + "\""))
        .anyMatch(line -> line.startsWith("bundle signature saying"));
  }

  @Test
  void without_recursive_the_images_of_an_index_stay_unsigned() {
    var image = place("oci", StartImages.INDEX);
    sign(image, "--sign-identity=" + NAME).succeeded();
    assertThat(verify(image, "--key=" + shared.resolve("key.pub")).status()).isZero();
    assertThat(verify(image, "--key=" + shared.resolve("key.pub"), "--recursive").failed().stderr())
        .contains("no bundle or sigstore signature exists");
  }

  @Test
  void signatures_of_all_kinds_stand_side_by_side() throws IOException {
    var image = place("dir", StartImages.SINGLE);
    try (var gpg = GpgHome.create()) {
      var fingerprint = gpg.generate("release", "rsa2048", "sign", "never", "");
      Files.write(folder.resolve("release.gpg"), gpg.export("release"));
      SkopeoLine.with("sign", "--sign-by=" + fingerprint, "--sign-identity=" + NAME, image)
          .with(gpg.environment())
          .outcome()
          .succeeded();
    }
    sign(image, "--layout=both", "--sign-identity=" + NAME).succeeded();
    assertThat(verify(image, "--key=" + folder.resolve("release.gpg"), "--json").stdout())
        .contains("\"kind\": \"simple\"")
        .doesNotContain("bundle");
    assertThat(
            verify(image, "--key=" + shared.resolve("key.pub"), "--type=bundle", "--json").stdout())
        .contains("\"kind\": \"bundle\"", "\"claims\": \"https://sigstore.dev/cosign/sign/v1\"")
        .doesNotContain("\"sigstore\"");
  }

  @Test
  void a_policy_is_explained_demand_by_demand() throws IOException {
    var image = place("oci", StartImages.SINGLE);
    var policy =
        Files.writeString(
            folder.resolve("policy.json"),
            """
            {"default":[{"type":"reject"}],"transports":{"oci":{"%s":[
              {"type":"bundleSigned","keyPath":"%s"},
              {"type":"sigstoreSigned","keyPath":"%s",
               "signedIdentity":{"type":"exactReference","dockerReference":"%s"}}]}}}
            """
                .formatted(
                    folder.toRealPath(),
                    shared.resolve("key.pub"),
                    shared.resolve("key.pub"),
                    NAME));
    sign(image, "--layout=bundle", "--sign-identity=" + NAME).succeeded();
    assertThat(SkopeoLine.run("--policy=" + policy, "policy", "explain", image))
        .satisfies(half -> assertThat(half.status()).isOne())
        .satisfies(half ->
            assertThat(half.stdout().lines())
                .containsExactly(
                    "transport oci, scope \"%s\"".formatted(folder.toRealPath()),
                    "bundleSigned by %s, saying https://sigstore.dev/cosign/sign/v1: met"
                        .formatted(shared.resolve("key.pub")),
                    "sigstoreSigned by %s, exactReference %s: not met: A signature was required, but no signature exists"
                        .formatted(shared.resolve("key.pub"), NAME),
                    "rejected"));
    sign(image, "--sign-identity=" + NAME).succeeded();
    assertThat(
            SkopeoLine.run("--policy=" + policy, "policy", "explain", "--json", image)
                .succeeded()
                .stdout())
        .contains("\"refusal\": null");
    assertThat(SkopeoLine.run("--policy=" + policy, "verify", image).succeeded().stdout())
        .startsWith("Accepted by policy");
    SkopeoLine.run("--policy=" + policy, "copy", "-q", image, "dir:" + folder + "/out").succeeded();
  }

  @Test
  void what_makes_no_sense_is_refused() {
    var image = place("oci", StartImages.SINGLE);
    assertThat(SkopeoLine.run("sign", image).failed().stderr()).contains("say by whom");
    assertThat(sign(image).failed().stderr()).contains("say one with --sign-identity");
    assertThat(sign(image, "--layout=new").failed().stderr()).contains("unknown layout");
    assertThat(SkopeoLine.run("policy", "change", image).failed().stderr())
        .contains("there is explain");
    SkopeoLine.copy(image, "oci-archive:" + folder + "/a.tar:a").succeeded();
    assertThat(
            sign("oci-archive:" + folder + "/a.tar:a", "--sign-identity=" + NAME).failed().stderr())
        .contains("not implemented for oci-archive: images; sign while copying");
  }

  private String place(String transport, String image) {
    var to =
        switch (transport) {
          case "docker" -> "docker://%s/%s/app:1".formatted(registry.host(), folder.getFileName());
          case "oci" -> "oci:%s/layout:a".formatted(folder);
          default -> "dir:%s/dir".formatted(folder);
        };
    SkopeoLine.copy(start.oci(image), to, "--all", "-q").succeeded();
    return to;
  }

  private String pushed(String image) {
    return place("docker", image);
  }

  private Outcome sign(String image, String... more) {
    return SkopeoLine.run(
        Stream.concat(
                Stream.of(
                    "sign",
                    "--tls-verify=false",
                    "--sign-by-sigstore-private-key=" + shared.resolve("key.private"),
                    "--sign-passphrase-file=" + shared.resolve("secret"),
                    image),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Outcome verify(String image, String... more) {
    return SkopeoLine.run(
        Stream.concat(Stream.of("verify", "--tls-verify=false", image), Stream.of(more))
            .toArray(String[]::new));
  }
}
