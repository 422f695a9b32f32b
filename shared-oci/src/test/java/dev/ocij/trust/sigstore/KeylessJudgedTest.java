package dev.ocij.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.PolicyFiles;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// cosign judges the bundles of [KeylessTest] as we do, without a network: so the rig makes what
/// sigstore's servers make, and what we refuse is refused by others too. It compares no sizes of
/// trees: a checkpoint of another size but with the right root is refused by us alone.
@Tag("tool")
class KeylessJudgedTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "no promise of the log",
        "no timestamp",
        "a URI",
        "another log in the root too",
        "second log",
      })
  void cosign_accepts_what_we_accept(String change) throws IOException {
    assertThat(judged(change).succeeded().stderr()).contains("Verified OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no log and no timestamp",
        "no promise and no timestamp",
        "neither promise nor proof",
        "proof of another place",
        "proof outside the tree",
        "proof altered",
        "proof too short",
        "proof too long",
        "proof of a larger tree",
        "proof of no number",
        "checkpoint of another tree",
        "checkpoint by a stranger",
        "checkpoint altered",
        "checkpoint cut",
        "checkpoint without signature",
        "no checkpoint",
        "promise by a stranger",
        "promise of another time",
        "log not known yet",
        "log known no more",
        "entry of another bundle",
        "timestamp of another bundle",
        "timestamp by a stranger",
        "timestamp by a false name",
        "timestamp cut",
        "timestamp empty",
        "timestamp too early",
        "timestamp too late",
        "clock known no more",
        "signed too late",
        "signed too early",
        "certificate of a stranger",
        "authority not known yet",
        "authority known no more",
        "certificate not promised",
        "promised by a stranger",
        "not for code",
        "no certificate",
        "another email",
        "another issuer",
        "payload altered",
        "second log: other content",
        "second log: another digest",
        "second log: another signature",
        "second log: another certificate",
        "second log: a key",
        "second log: of a third version",
        "second log: no proof",
        "second log: no timestamp",
        "second log: proof altered",
        "second log: checkpoint by a stranger",
      })
  void cosign_refuses_what_we_refuse(String change) throws IOException {
    assertThat(judged(change).failed().stderr()).doesNotContain("Verified OK");
  }

  @Test
  void we_accept_what_cosign_signs_at_the_servers_of_the_rig() throws IOException {
    var cosign = Tool.required("cosign");
    var predicate = Files.writeString(folder.resolve("predicate.json"), "{}");
    Files.write(folder.resolve("manifest.json"), Candidates.manifest("a").bytes());
    try (var servers = SigstoreServers.open()) {
      Files.write(folder.resolve("signing.json"), servers.signingConfig());
      Files.write(folder.resolve("root.json"), servers.trustedRoot());
      cosign
          .with(
              "attest-blob",
              "--yes",
              "--signing-config=" + folder.resolve("signing.json"),
              "--trusted-root=" + folder.resolve("root.json"),
              "--identity-token=" + servers.token(),
              "--type=https://example.test/said",
              "--predicate=" + predicate,
              "--bundle=" + folder.resolve("bundle.json"),
              folder.resolve("manifest.json").toString())
          .with(Map.of("HOME", folder.toString()))
          .outcome()
          .succeeded();
    }
    var policy =
        PolicyFiles.of(
            "{\"type\":\"bundleSigned\",\"predicateType\":\"https://example.test/said\",\"keyless\":{\"trustedRootPath\":\"%s\",\"oidcIssuer\":\"%s\",\"subjectEmail\":\"%s\"}}"
                .formatted(folder.resolve("root.json"), SigstoreRig.ISSUER, SigstoreRig.EMAIL),
            new BundleFormat(Clock.systemUTC()));
    var bundle = new Signature.Bundle(Files.readAllBytes(folder.resolve("bundle.json")), Map.of());
    PolicyFiles.assertVerdict(policy, List.of(bundle), "-");
    assertThat(new String(bundle.json(), StandardCharsets.UTF_8))
        .contains("inclusionProof", "inclusionPromise", "rfc3161Timestamps", "certificate");
  }

  private Outcome judged(String change) throws IOException {
    var cosign = Tool.required("cosign");
    var made = KeylessTest.changed(new SigstoreRig(), change);
    Files.write(folder.resolve("bundle.json"), Json.write(made.bundle()));
    Files.write(folder.resolve("root.json"), Json.write(made.root()));
    Files.write(folder.resolve("manifest.json"), Candidates.manifest("a").bytes());
    return cosign
        .with(
            "verify-blob-attestation",
            "--bundle=" + folder.resolve("bundle.json"),
            "--trusted-root=" + folder.resolve("root.json"),
            "--use-signed-timestamps=" + !change.equals("no timestamp"),
            "--certificate-identity="
                + (change.equals("a URI") ? SigstoreRig.URI : SigstoreRig.EMAIL),
            "--certificate-oidc-issuer="
                + (change.equals("another issuer") ? "https://x.test" : SigstoreRig.ISSUER),
            "--type=https://sigstore.dev/cosign/sign/v1",
            folder.resolve("manifest.json").toString())
        .with(Map.of("HOME", folder.toString()))
        .outcome();
  }
}
