package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A policy through the command line: what it accepts and refuses, skopeo accepts and refuses.
///
/// Debian's skopeo has sigstore signatures switched off: there we judge alone, and the signatures
/// of another implementation come from the bad inputs' controls.
@Tag("tool")
class TrustTest {
  private static final String NAME = "registry.example/release/app:1.0";

  /// The signatures that both of us make.
  enum Kind {
    SIGSTORE("sigstoreSigned\""),
    SIMPLE("signedBy\",\"keyType\":\"GPGKeys\"");

    private final String requirement;

    Kind(String requirement) {
      this.requirement = requirement;
    }
  }

  @AutoClose private static GpgHome gpg;
  private static Tool skopeo;
  private static StartImages start;
  private static final Map<String, String> fingerprints = new HashMap<>();
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void keys() throws IOException {
    skopeo = Tool.required("skopeo");
    Tool.required("gpg");
    gpg = GpgHome.create();
    start = StartImages.in(shared);
    Files.writeString(shared.resolve("passphrase"), "open\n");
    for (var key : List.of("release", "other")) {
      fingerprints.put(key, gpg.generate(key, "rsa2048", "sign", "never", ""));
      Files.write(shared.resolve(key + ".gpg"), gpg.export(key));
      SkopeoLine.run(
              "generate-sigstore-key",
              "--output-prefix=" + shared.resolve(key),
              "--passphrase-file=" + shared.resolve("passphrase"))
          .succeeded();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_we_signed_is_accepted(Kind kind) throws IOException {
    sign(true, kind, "release");
    assertThat(judged(kind)).allMatch(outcome -> outcome.status() == 0);
  }

  @Test
  void what_skopeo_signed_is_accepted() throws IOException {
    sign(false, Kind.SIMPLE, "release");
    assertThat(judged(Kind.SIMPLE)).allMatch(outcome -> outcome.status() == 0);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_another_key_signed_is_refused(Kind kind) throws IOException {
    sign(true, kind, "other");
    assertThat(judged(kind)).allMatch(outcome -> outcome.status() == 1);
    assertThat(folder.resolve("ours")).as("nothing unverified is written").doesNotExist();
    assertThat(
            run(true, copyUnderPolicy(signed(), "dir:" + folder + "/ours", "-q")).stderr().lines())
        .as("one line tells by whom it should have been signed, and by whom it was")
        .singleElement()
        .asString()
        .contains(
            "(demanded: %s ".formatted(kind == Kind.SIGSTORE ? "sigstoreSigned by" : "signedBy"),
            shared.resolve(kind == Kind.SIGSTORE ? "release.pub" : "release.gpg").toString(),
            "exactReference " + NAME + "; transport dir, scope ",
            kind == Kind.SIGSTORE
                ? "cryptographic signature verification failed, by sha256:"
                : fingerprints.getOrDefault("other", "").substring(24));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_nobody_signed_is_refused(Kind kind) throws IOException {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), signed()).succeeded();
    assertThat(judged(kind))
        .allMatch(outcome -> outcome.status() == 1)
        .allMatch(outcome ->
            outcome
                .stderr()
                .contains(
                    "Source image rejected: A signature was required, but no signature exists"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_was_changed_after_signing_is_refused(Kind kind) throws IOException {
    sign(true, kind, "release");
    var manifest = folder.resolve("signed/manifest.json");
    Files.writeString(manifest, Files.readString(manifest) + "\n");
    assertThat(judged(kind)).allMatch(outcome -> outcome.status() == 1);
  }

  /// Rather than left undone, as by skopeo.
  @ParameterizedTest
  @ValueSource(strings = {"--format=v2s2", "--dest-decompress"})
  void what_signatures_would_not_outlive_is_refused(String option) {
    sign(true, Kind.SIMPLE, "release");
    var to = folder.resolve("changed");
    assertThat(SkopeoLine.copy(signed(), "dir:" + to, option).failed().stderr())
        .contains("Would invalidate signatures", "--remove-signatures");
    assertThat(to.resolve("manifest.json")).doesNotExist();
    SkopeoLine.copy(signed(), "dir:" + to, option, "--remove-signatures").succeeded();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_was_signed_under_another_name_is_refused(Kind kind) throws IOException {
    sign(true, kind, "release", "registry.example/release/other:1.0");
    assertThat(judged(kind)).allMatch(outcome -> outcome.status() == 1);
  }

  /// Attached in a registry, as cosign does it, each image of an index too.
  @ParameterizedTest
  @ValueSource(strings = {StartImages.SINGLE, StartImages.INDEX})
  void signatures_in_a_registry_are_accepted(String image) throws IOException {
    try (var registry = DockerRegistry.open()) {
      var there = "docker://" + registry.host() + "/app:1";
      run(true, sigstore("release", start.oci(image), there)).succeeded();
      policy(Kind.SIGSTORE, "docker", "{\"type\":\"matchRepository\"}");
      run(true, copyUnderPolicy(there, "dir:" + folder + "/all", "--all")).succeeded();
    }
  }

  @Test
  void an_unsigned_image_of_a_registry_is_refused() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var there = "docker://" + registry.host() + "/app:1";
      SkopeoLine.copy(start.oci(StartImages.SINGLE), there).succeeded();
      policy(Kind.SIGSTORE, "docker", "{\"type\":\"matchRepository\"}");
      assertThat(run(true, copyUnderPolicy(there, "dir:" + folder + "/out")).failed().stderr())
          .contains("no signature exists");
    }
  }

  @Test
  void without_a_signature_requirement_nothing_is_asked() throws IOException {
    Files.writeString(
        folder.resolve("policy.json"),
        "{\"default\":[{\"type\":\"reject\"}],\"transports\":"
            + "{\"oci\":{\"%s\":[{\"type\":\"insecureAcceptAnything\"}]}}}".formatted(shared));
    run(true, copyUnderPolicy(start.oci(StartImages.SINGLE), signed())).succeeded();
    for (boolean judge : List.of(true, false)) {
      assertThat(run(judge, copyUnderPolicy(signed(), "dir:" + folder + "/out")).failed().stderr())
          .contains("is rejected by policy");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void verify_tells_which_signatures_hold(Kind kind) throws IOException {
    sign(true, kind, "release");
    assertThat(verify(kind, "release", signed()).succeeded().stdout())
        .contains(NAME, "digest sha256:", ": verified");
    assertThat(verify(kind, "release", signed(), "--json").succeeded().stdout())
        .contains("\"kind\": \"%s\"".formatted(kind.name().toLowerCase(Locale.ROOT)));
    assertThat(verify(kind, "other", signed()).status()).isEqualTo(1);
    assertThat(verify(kind, "release", start.oci(StartImages.SINGLE)).status()).isEqualTo(1);
    assertThat(verify(kind, "release", start.oci("no-such-image")).status()).isEqualTo(2);
    assertThat(judged(kind)).allMatch(outcome -> outcome.status() == 0);
    var policy = "--policy=" + folder.resolve("policy.json");
    assertThat(SkopeoLine.run(policy, "verify", signed()).succeeded().stdout())
        .startsWith("Accepted by policy");
    assertThat(SkopeoLine.run(policy, "verify", start.oci(StartImages.SINGLE)).status())
        .isEqualTo(1);
  }

  @Test
  void verify_says_what_it_does_not_know() {
    var outcome = SkopeoLine.run("verify", "--type=seal", "--key=x", signed());
    assertThat(outcome.failed().stderr())
        .contains("there are simple, sigstore, bundle and notation");
  }

  private static Outcome verify(Kind kind, String key, String image, String... more) {
    var file = shared.resolve(key + (kind == Kind.SIGSTORE ? ".pub" : ".gpg"));
    return SkopeoLine.run(
        Stream.concat(Stream.of("verify", "--key=" + file, image), Stream.of(more))
            .toArray(String[]::new));
  }

  private String signed() {
    return "dir:" + folder + "/signed";
  }

  private void sign(boolean ours, Kind kind, String key) {
    sign(ours, kind, key, NAME);
  }

  private void sign(boolean ours, Kind kind, String key, String name) {
    var from = start.oci(StartImages.SINGLE);
    if (kind == Kind.SIGSTORE) {
      run(ours, sigstore(key, from, signed(), "--sign-identity=" + name)).succeeded();
      return;
    }
    String[] line = {
      "--insecure-policy",
      "copy",
      "--sign-by=" + fingerprints.get(key),
      "--sign-identity=" + name,
      from,
      signed()
    };
    (ours ? SkopeoLine.with(line) : skopeo.with(line))
        .with(gpg.environment())
        .outcome()
        .succeeded();
  }

  private static String[] sigstore(String key, String from, String to, String... more) {
    return Stream.concat(
            Stream.of(
                "--insecure-policy",
                "copy",
                "--all",
                "--dest-tls-verify=false",
                "--sign-by-sigstore-private-key=" + shared.resolve(key + ".private"),
                "--sign-passphrase-file=" + shared.resolve("passphrase"),
                from,
                to),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /// The verdicts under a policy that wants the key `release` and our name.
  private List<Outcome> judged(Kind kind) throws IOException {
    policy(kind, "dir", "{\"type\":\"exactReference\",\"dockerReference\":\"%s\"}".formatted(NAME));
    var ours = run(true, copyUnderPolicy(signed(), "dir:" + folder + "/ours"));
    if (kind == Kind.SIGSTORE) {
      return List.of(ours);
    }
    return List.of(ours, run(false, copyUnderPolicy(signed(), "dir:" + folder + "/theirs")));
  }

  private void policy(Kind kind, String transport, String identity) throws IOException {
    var key = shared.resolve(kind == Kind.SIGSTORE ? "release.pub" : "release.gpg");
    Files.writeString(
        folder.resolve("policy.json"),
        """
        {"default":[{"type":"reject"}],"transports":{"%s":{"":[
          {"type":"%s,"keyPath":"%s","signedIdentity":%s}]}}}
        """
            .formatted(transport, kind.requirement, key, identity));
  }

  private String[] copyUnderPolicy(String from, String to, String... more) {
    return Stream.concat(
            Stream.of(
                "--policy=" + folder.resolve("policy.json"),
                "copy",
                "--src-tls-verify=false",
                from,
                to),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static Outcome run(boolean ours, String... line) {
    return ours ? SkopeoLine.run(line) : skopeo.run(line);
  }
}
