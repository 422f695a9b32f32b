package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing with what a YAML file says, and `--require-signed`.
@Tag("tool")
class SignedOnlyTest {
  private static final String ANYTHING = "{\"type\":\"insecureAcceptAnything\"}";

  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_key() throws IOException {
    start = StartImages.in(shared);
    Files.writeString(shared.resolve("passphrase"), "open\n");
    SkopeoLine.run(
            "generate-sigstore-key",
            "--output-prefix=" + shared.resolve("release"),
            "--passphrase-file=" + shared.resolve("passphrase"))
        .succeeded();
  }

  @Test
  void an_image_that_is_signed_by_a_file_of_parameters_is_accepted() throws IOException {
    sign("privateKeyFile: KEYS/release.private\nprivateKeyPassphraseFile: KEYS/passphrase\n")
        .succeeded();
    var signed = "{\"type\":\"sigstoreSigned\",\"keyPath\":\"%s/release.pub\"}".formatted(shared);
    copy(signed, "dir:" + folder.resolve("signed")).succeeded();
    copy(signed, "dir:" + folder.resolve("signed"), "--require-signed").succeeded();
    assertThat(copy(signed, start.oci("single")).failed().stderr())
        .contains("A signature was required, but no signature exists");
  }

  @Test
  void what_the_policy_accepts_unsigned_is_rejected_where_signatures_are_required()
      throws IOException {
    copy(ANYTHING, start.oci("single")).succeeded();
    assertThat(copy(ANYTHING, start.oci("single"), "--require-signed").failed().stderr())
        .contains("Source image rejected: a signature is required by --require-signed");
    assertThat(SkopeoLine.copy(start.oci("single"), to(), "--require-signed").failed().stderr())
        .contains("--require-signed and --insecure-policy cannot be specified together");
    assertThat(
            SkopeoLine.run("--require-signed", "--insecure-policy", "inspect", start.oci("single"))
                .failed()
                .stderr())
        .contains("cannot be specified together");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'rekorURL: https://log.example',     rekorURL: entries in a Rekor log are not implemented
          'fulcio: {fulcioURL: https://a.example}', fulcio: certificates of a Fulcio server are not
          'privateKeyPassphraseFile: x',       it names no privateKeyFile
          'privateKeyFile: /nonexistent',      no such file
          'privateKey: x',                     privateKey
          """)
  void parameters_that_cannot_be_followed_are_refused(String text, String why) throws IOException {
    var file = text + (text.startsWith("rekor") ? "\nprivateKeyFile: KEYS/release.private" : "");
    var passphrase =
        text.contains("nonexistent") ? "\nprivateKeyPassphraseFile: KEYS/passphrase" : "";
    assertThat(sign(file + passphrase).failed().stderr()).contains(why);
    assertThat(folder.resolve("signed")).doesNotExist();
  }

  private Outcome sign(String parameters) throws IOException {
    var file = folder.resolve("parameters.yaml");
    Files.writeString(file, parameters.replace("KEYS", shared.toString()));
    return SkopeoLine.copy(
        start.oci("single"),
        "dir:" + folder.resolve("signed"),
        "--sign-by-sigstore=" + file,
        "--sign-identity=example.com/a/b:c");
  }

  /// A copy under a policy with this requirement alone.
  private Outcome copy(String requirement, String from, String... options) throws IOException {
    var policy = folder.resolve("policy.json");
    Files.writeString(
        policy,
        "{\"default\":[%s]}"
            .formatted(
                requirement.replace(
                    "pub\"}",
                    "pub\",\"signedIdentity\":{\"type\":\"exactReference\","
                        + "\"dockerReference\":\"example.com/a/b:c\"}}")));
    var line = List.of("--policy=" + policy, "copy", from, to());
    return SkopeoLine.run(Stream.concat(line.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private String to() {
    return "dir:" + folder.resolve("out");
  }
}
