package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.store.Store;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.transport.Source;
import dev.ocij.transport.StatementArtifact;
import dev.ocij.transport.Transports;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.sigstore.SigstoreKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a build says of its image is found beside it, about what is there.
class StatementsTest {
  private static final String SPDX = "https://spdx.dev/Document";
  private static final String CYCLONEDX = "https://cyclonedx.org/bom";
  private static final String PROVENANCE = "https://slsa.dev/provenance/v1";
  private static final String SIGNED = "https://sigstore.dev/cosign/sign/v1";
  private static final Map<String, String> SECRET = Map.of("COSIGN_PASSWORD", "secret");

  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.createDirectories(folder.resolve("context"));
    Files.writeString(folder.resolve("context/installed"), "P:musl\nV:1.2\nA:x86_64\nL:MIT\n");
    Files.writeString(
        folder.resolve("context/Containerfile"),
        "FROM scratch\nARG COLOUR\nCOPY installed /lib/apk/db/installed\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sbom=true                              | SPDX
          --sbom=syft-spdx                         | SPDX
          --sbom=trivy                             | CYCLONEDX
          --sbom=spdx --sbom=cyclonedx             | CYCLONEDX SPDX
          --sbom=false                             |
          --attest=type=sbom                       | SPDX
          --attest=type=provenance,mode=max        | PROVENANCE
          --provenance=true --sbom=cyclonedx       | CYCLONEDX PROVENANCE
          --provenance=false                       |
          --provenance=mode=max,builder-id=https://example.org/ci | PROVENANCE
          """)
  void options_choose_what_is_said(String options, String types) throws IOException {
    build(("-t oci:" + folder.resolve("out") + ":x " + options).split(" "));
    var wanted = types == null ? List.<String>of() : List.of(types.split(" "));
    assertThat(unsigned("oci:" + folder.resolve("out") + ":x").keySet())
        .containsExactlyInAnyOrderElementsOf(wanted.stream().map(StatementsTest::type).toList());
  }

  @Test
  void a_bill_in_spdx_has_what_its_readers_need() throws IOException {
    var bill = said("--sbom=spdx", SPDX);
    assertThat(bill.path("spdxVersion").asText()).isEqualTo("SPDX-2.3");
    assertThat(bill.path("dataLicense").asText()).isEqualTo("CC0-1.0");
    assertThat(bill.path("creationInfo").path("created").asText())
        .isEqualTo("1970-01-01T00:00:09Z");
    var found = bill.at("/packages/1");
    assertThat(found.path("name").asText()).isEqualTo("musl");
    assertThat(found.path("versionInfo").asText()).isEqualTo("1.2");
    assertThat(found.path("licenseComments").asText()).isEqualTo("declared as: MIT");
    assertThat(found.at("/externalRefs/0/referenceLocator").asText())
        .isEqualTo("pkg:apk/alpine/musl@1.2?arch=x86_64");
    for (var each : bill.path("packages")) {
      assertThat(each.path("SPDXID").asText()).matches("SPDXRef-[A-Za-z0-9.-]+");
      assertThat(each.path("downloadLocation").asText()).isEqualTo("NOASSERTION");
    }
    assertThat(bill.path("relationships"))
        .extracting(each -> each.path("relationshipType").asText())
        .containsExactly("DESCRIBES", "CONTAINS");
  }

  @Test
  void a_bill_in_cyclonedx_has_what_its_readers_need() throws IOException {
    var bill = said("--sbom=cyclonedx", CYCLONEDX);
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.path("specVersion").asText()).isEqualTo("1.5");
    assertThat(bill.path("serialNumber").asText()).matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(bill.at("/metadata/component/type").asText()).isEqualTo("container");
    assertThat(bill.at("/components/0/purl").asText())
        .isEqualTo("pkg:apk/alpine/musl@1.2?arch=x86_64");
    assertThat(bill.at("/components/0/licenses/0/license/name").asText()).isEqualTo("MIT");
    assertThat(bill.at("/components/0/evidence/occurrences/0/location").asText())
        .isEqualTo("/lib/apk/db/installed");
  }

  @Test
  void provenance_tells_what_the_image_is_made_of() throws IOException {
    build("-t", "localhost/base:1", "--timestamp=9");
    Files.writeString(
        folder.resolve("context/Containerfile"),
        "FROM localhost/base:1\nARG COLOUR\nCOPY installed /again\n");
    var options = "--provenance=mode=max,builder-id=https://example.org/ci";
    var said = said(options + " --build-arg=COLOUR=red", PROVENANCE);
    var definition = said.path("buildDefinition");
    assertThat(definition.path("buildType").asText())
        .isEqualTo("tag:ocij.dev,2026:buildah-j/containerfile/v1");
    var parameters = definition.path("externalParameters");
    assertThat(parameters.at("/containerfiles/0/name").asText()).isEqualTo("Containerfile");
    assertThat(parameters.at("/containerfiles/0/digest/sha256").asText())
        .isEqualTo(Digest.of(Files.readAllBytes(folder.resolve("context/Containerfile"))).hex());
    assertThat(parameters.at("/buildArgs/COLOUR").asText()).isEqualTo("red");
    var dependencies = definition.path("resolvedDependencies");
    assertThat(dependencies.at("/0/name").asText()).isEqualTo("context");
    assertThat(dependencies.at("/0/digest/ocijContent").asText()).hasSize(64);
    assertThat(dependencies.at("/1/uri").asText())
        .isEqualTo("pkg:docker/localhost/base@1?platform=linux%2Famd64");
    assertThat(dependencies.at("/1/digest/sha256").asText())
        .isEqualTo(document("containers-storage:localhost/base:1").digest().hex());
    var run = said.path("runDetails");
    assertThat(run.at("/builder/id").asText()).isEqualTo("https://example.org/ci");
    assertThat(Instant.parse(run.at("/metadata/startedOn").asText()))
        .isBeforeOrEqualTo(Instant.parse(run.at("/metadata/finishedOn").asText()));
  }

  @Test
  void provenance_keeps_values_to_itself_unless_asked() throws IOException {
    var said = said("--provenance=true --build-arg=COLOUR=red", PROVENANCE);
    assertThat(said.at("/buildDefinition/externalParameters/buildArgs").toString())
        .isEqualTo("[\"COLOUR\"]");
    assertThat(said.toString()).doesNotContain("red", folder.toString());
  }

  @Test
  void provenance_names_what_was_fetched_without_secrets() throws IOException {
    Files.createDirectories(folder.resolve("web"));
    Files.writeString(folder.resolve("web/page"), "content");
    try (var web = WebServer.of(folder.resolve("web"))) {
      Files.writeString(
          folder.resolve("context/Containerfile"),
          "FROM scratch\nADD %s /page\n".formatted(web.url("page?token=hidden")));
      var dependencies =
          said("--provenance=true", PROVENANCE).at("/buildDefinition/resolvedDependencies");
      assertThat(dependencies).hasSize(1);
      assertThat(dependencies.at("/0/uri").asText()).isEqualTo(web.url("page"));
      assertThat(dependencies.at("/0/digest/sha256").asText())
          .isEqualTo(Digest.of("content".getBytes(StandardCharsets.US_ASCII)).hex());
    }
  }

  @Test
  void the_bill_goes_to_files_too() throws IOException {
    var bill = folder.resolve("bill.json");
    var purls = folder.resolve("purls");
    build("--sbom=trivy", "--sbom-output=" + bill, "--sbom-purl-output=" + purls);
    assertThat(Json.readTree(Files.readAllBytes(bill), "bill").path("bomFormat").asText())
        .isEqualTo("CycloneDX");
    assertThat(purls)
        .hasContent(
            "{\"image_contents\":{\"dependencies\":[\"pkg:apk/alpine/musl@1.2?arch=x86_64\"]}}");
  }

  /// It tells of the image as it is without it.
  @Test
  @Tag("tool")
  void the_bill_goes_into_the_image_where_that_is_wanted() throws IOException {
    var tar = folder.resolve("image.tar");
    build("--sbom=spdx", "--sbom-image-output=/bill", "-o", "type=tar,dest=" + tar);
    var bill = Tool.required("tar").output("-xOf", tar.toString(), "bill");
    assertThat(
            Json.readTree(bill.getBytes(StandardCharsets.UTF_8), "bill")
                .at("/packages/1/name")
                .asText())
        .isEqualTo("musl");
  }

  @Test
  void a_commit_says_it_too() throws IOException {
    build("-t", "app");
    var container = buildah.output("from", "app").strip();
    var out = "oci:" + folder.resolve("out") + ":x";
    var bill = folder.resolve("bill");
    buildah.output("commit", "--sbom=spdx", "--sbom-output=" + bill, container, out);
    assertThat(unsigned(out)).containsOnlyKeys(SPDX);
    assertThat(Json.readTree(Files.readAllBytes(bill), "bill"))
        .isEqualTo(Objects.requireNonNull(unsigned(out).get(SPDX)));
  }

  @Test
  void push_says_it_of_what_is_pushed() throws IOException {
    build("-t", "app", "--provenance=true", "--timestamp=9");
    var out = "oci:" + folder.resolve("out") + ":x";
    buildah.output("push", "--provenance=true", "--sbom=spdx", "app", out);
    assertThat(document(out)).isNotEqualTo(document("containers-storage:localhost/app:latest"));
    assertThat(unsigned(out)).containsOnlyKeys(SPDX, PROVENANCE);
    buildah.output("build", "-t", "other", folder.resolve("context").toString());
    assertThat(buildah.run("push", "--provenance=true", "other", out).failed().stderr())
        .contains("the store has none; build it with --provenance");
  }

  @Test
  void what_is_said_of_an_image_goes_with_it() throws IOException {
    build("-t", "app", "--provenance=true");
    assertThat(Files.readString(index())).contains("in-toto");
    buildah.output("rmi", "app");
    assertThat(Files.readString(index())).doesNotContain("in-toto");
  }

  @Test
  void each_image_of_a_list_has_its_own() throws IOException {
    var out = "oci:" + folder.resolve("out") + ":x";
    build("-t", out, "--platform=linux/amd64,linux/arm64", "--sbom=spdx");
    try (var source = open(out)) {
      for (var member : Json.readTree(source.document().bytes(), "index").path("manifests")) {
        var digest = Digest.parse(member.path("digest").asText());
        assertThat(StatementArtifact.readAll(source, digest)).hasSize(1);
      }
    }
  }

  @Test
  void a_key_signs_the_image_and_what_is_said_of_it() throws IOException {
    var out = "oci:" + folder.resolve("out") + ":x";
    build(with(key(), "-t", out, "--sbom=spdx", "--provenance=true"));
    assertThat(unsigned(out)).isEmpty();
    assertThat(bundles(out)).containsExactlyInAnyOrder(SIGNED, SPDX, PROVENANCE);
  }

  @Test
  @Tag("tool")
  void cosign_believes_what_is_signed() throws IOException {
    var cosign = Tool.required("cosign");
    try (var registry = DockerRegistry.open()) {
      var built = registry.host() + "/team/built:1";
      var pushed = registry.host() + "/team/pushed:1";
      build(
          with(
              key(),
              "-t",
              "docker://" + built,
              "-t",
              "app",
              "--tls-verify=false",
              "--sbom=spdx",
              "--provenance=true"));
      var line =
          List.of("push", "--tls-verify=false", "--sbom=spdx", "--provenance=true", "app", pushed);
      var push = new ArrayList<>(line);
      push.add(1, "--sign-by-sigstore=" + description());
      buildah.output(push.toArray(String[]::new));
      for (var image : List.of(built, pushed)) {
        for (var type : List.of("spdxjson", "slsaprovenance1")) {
          judged(cosign, "verify-attestation", "--type=" + type, image).succeeded();
        }
        judged(cosign, "verify", "--new-bundle-format=false", image).succeeded();
        assertThat(judged(cosign, "verify-attestation", "--type=cyclonedx", image).status())
            .isNotZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sbom=generator=x/y          | no scanner is started
          --sbom=cdx                    | unknown --sbom "cdx"
          --provenance=mode=all         | unknown --provenance "mode=all"
          --provenance=builder-id=me    | expected an absolute URI
          --attest=type=vuln            | expected type=sbom or type=provenance
          --sbom-scanner-image=x        | need a place for the bill: give --sbom-output
          --sbom-scanner-image=x --sbom-output=x | a scanner needs both --sbom-scanner-image and --sbom-scanner-command
          --sbom-scanner-command=x --sbom-output=x --sbom=spdx | a scanner needs both
          --sbom-scanner-command=x --sbom-scanner-command=y --sbom-scanner-image=x --sbom-output=x | several --sbom-scanner-command need a --sbom-merge-strategy
          --sbom-image-output=/x        | --sbom-output needs one --sbom, and 0 are given
          --sbom-image-output=/.. --sbom=spdx | write the bill to "/.." of the image: expected the name of a file
          --sbom-merge-strategy=x       | unknown --sbom-merge-strategy "x"
          --sbom-output=x               | --sbom-output needs one --sbom, and 0 are given
          --platform=linux/amd64,linux/arm64 --sbom=spdx --sbom-output=x | --sbom-output with a list of images
          --sign-passphrase-file=x      | --sign-passphrase-file opens a key
          --sign-by-sigstore=x --sign-passphrase-file=y | leave out --sign-by-sigstore-private-key and --sign-passphrase-file
          --sbom=spdx -t dir:out        | this destination has no place for it
          """)
  void what_cannot_be_done_is_said(String options, String sentence) {
    var line = new ArrayList<>(List.of("build", "-q"));
    line.addAll(List.of(options.replace("dir:out", "dir:" + folder.resolve("out")).split(" ")));
    line.add(folder.resolve("context").toString());
    assertThat(buildah.run(line.toArray(String[]::new)).failed().stderr())
        .startsWith("Error: ")
        .contains(sentence)
        .hasLineCount(1);
  }

  private void build(String... options) {
    var line = new ArrayList<>(List.of("build"));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    buildah.output(line.toArray(String[]::new));
  }

  /// What one build with these options says.
  private JsonNode said(String options, String type) throws IOException {
    var out = "oci:" + folder.resolve("out") + ":x";
    build(("-t " + out + " --timestamp=9 " + options).split(" "));
    return Objects.requireNonNull(unsigned(out).get(type), type);
  }

  private List<String> key() throws IOException {
    var prefix = folder.resolve("key");
    if (!Files.exists(folder.resolve("key.pub"))) {
      Files.writeString(folder.resolve("secret"), "secret\n");
      SigstoreKeyPair.generate().write(prefix, Passphrase.of("secret"));
    }
    return List.of(
        "--sign-by-sigstore-private-key=" + prefix + ".private",
        "--sign-passphrase-file=" + folder.resolve("secret"));
  }

  /// The same key, as a file of parameters names it.
  private Path description() throws IOException {
    return Files.writeString(
        folder.resolve("key.yaml"),
        "privateKeyFile: %s\nprivateKeyPassphraseFile: %s\n"
            .formatted(folder.resolve("key.private"), folder.resolve("secret")));
  }

  private static String[] with(List<String> before, String... after) {
    var all = new ArrayList<>(before);
    all.addAll(List.of(after));
    return all.toArray(String[]::new);
  }

  private Outcome judged(Tool cosign, String command, String option, String image) {
    return cosign
        .with(
            command,
            option,
            "--key=" + folder.resolve("key.pub"),
            "--insecure-ignore-tlog",
            "--allow-insecure-registry",
            image)
        .with(SECRET)
        .outcome();
  }

  /// By type, the predicates of statements about the image that nobody signed.
  private Map<String, JsonNode> unsigned(String image) throws IOException {
    var all = new TreeMap<String, JsonNode>();
    try (var source = open(image)) {
      var digest = source.document().digest();
      for (var statement : StatementArtifact.readAll(source, digest)) {
        assertThat(statement.subjects()).containsExactly(digest);
        all.put(statement.predicateType(), statement.predicate());
      }
    }
    return all;
  }

  /// The types of what bundles say of the image.
  private List<String> bundles(String image) throws IOException {
    var types = new ArrayList<String>();
    try (var source = open(image)) {
      for (var entry : source.referrers(source.document().digest())) {
        var artifact = Image.of(source.member(entry), source);
        try (var in = artifact.layers().getFirst().open()) {
          var payload =
              Json.readTree(in.readAllBytes(), "bundle").at("/dsseEnvelope/payload").asText();
          var statement = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
          types.add(
              Json.readTree(statement.getBytes(StandardCharsets.UTF_8), "statement")
                  .path("predicateType")
                  .asText());
        }
      }
    }
    return types;
  }

  private Descriptor document(String image) throws IOException {
    try (var source = open(image)) {
      return source.document().descriptor();
    }
  }

  private Source open(String image) throws IOException {
    var store = new LocalTransport(Store.open(folder.resolve("store")));
    return new Transports(List.of(store, new LayoutTransport())).openSource(Location.parse(image));
  }

  private Path index() {
    return folder.resolve("store/images/index.json");
  }

  private static String type(String name) {
    return switch (name) {
      case "SPDX" -> SPDX;
      case "CYCLONEDX" -> CYCLONEDX;
      default -> PROVENANCE;
    };
  }
}
