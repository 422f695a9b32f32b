package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.name.Location;
import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import dev.ocij.transport.StatementArtifact;
import dev.ocij.transport.Transports;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A scanner in an image looks at what `build` and `commit` make, as buildah's options have it.
@Tag("root")
@Tag("tool")
@Tag("namespace")
class ScannerTest {
  /// Makes a small bill of the names in a folder, in both formats at once.
  private static final String SCRIPT =
      """
      #!/bin/sh
      list() { find $1 -type f -name '*.pkg' | sort | while read f; do
        printf '%s{"name":"%s","version":"1","versionInfo":"1","purl":"pkg:x/%s@1"}' "$c" \\
          $(basename $f) $(basename $f)
        c=,
      done; }
      touch $1/written 2>/dev/null && writable=yes
      touch /changed
      told="scanned $3 by $(id -u) in $(pwd) with $COLOUR${writable:+, written to}"
      printf '{"by":"%s","told":"%s","components":[%s],"packages":[%s]}' \
        "$1" "$told" "$(list $1)" "$(list $1)" >$2
      """;

  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    buildah = new InProcess(folder.resolve("store"));
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    write("scanner/scan", SCRIPT);
    write(
        "scanner/Containerfile",
        "FROM oci:%s:base\nCOPY --chmod=755 scan /bin/scan\nENV COLOUR=red\nWORKDIR /work\n"
                .formatted(folder.resolve("base"))
            + "ENTRYPOINT [\"/bin/false\"]\n");
    buildah.output("build", "-q", "-t", "scanner", folder.resolve("scanner").toString());
    write("context/a.pkg", "");
    write("context/b.pkg", "");
    write("context/ignored.pkg", "");
    write("context/.dockerignore", "ignored.pkg\n");
    write("context/Containerfile", "FROM scratch\nCOPY a.pkg /deep/\n");
    write("more/c.pkg", "");
    write("more/a.pkg", "");
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @Test
  void a_command_sees_the_files_and_its_changes_are_lost() throws IOException {
    var told =
        scanned("--sbom-scanner-command=scan {ROOTFS} {OUTPUT} 'a $word'", "-t", "out").succeeded();
    assertThat(bill().path("told").asText()).isEqualTo("scanned a $word by 0 in /work with red");
    assertThat(names("components")).containsExactly("a.pkg");
    assertThat(told.stderr()).contains("Tier 2");
    assertThat(files("out")).containsExactly("deep/", "deep/a.pkg");
    assertThat(files("scanner")).doesNotContain("changed").contains("bin/scan");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          merge-cyclonedx-by-component-name-and-version | components | a.pkg b.pkg c.pkg
          merge-spdx-by-package-name-and-versioninfo    | packages   | a.pkg b.pkg c.pkg
          """)
  void bills_of_the_image_and_all_contexts_become_one(String strategy, String list, String all)
      throws IOException {
    scanned(
            "--sbom-merge-strategy=" + strategy,
            "--sbom-scanner-command=scan {ROOTFS} {OUTPUT}",
            "--sbom-scanner-command=scan {CONTEXT} {OUTPUT}",
            "--build-context=more=" + folder.resolve("more"))
        .succeeded();
    assertThat(names(list)).containsExactly(all.split(" "));
    assertThat(bill().path("by").asText()).isEqualTo("/.rootfs");
  }

  @Test
  void bills_may_stand_one_behind_the_other() throws IOException {
    scanned(
            "--sbom-merge-strategy=cat",
            "--sbom-scanner-command=scan {CONTEXT} {OUTPUT}",
            "--sbom-purl-output=" + folder.resolve("purls"),
            "--build-context=more=" + folder.resolve("more"))
        .succeeded();
    assertThat(Files.readString(folder.resolve("bill")))
        .startsWith("{\"by\":\"/.context0\"")
        .contains("}{\"by\":\"/.context1\"");
    assertThat(folder.resolve("purls"))
        .hasContent(
            "{\"image_contents\":{\"dependencies\":[\"pkg:x/a.pkg@1\",\"pkg:x/b.pkg@1\","
                + "\"pkg:x/c.pkg@1\"]}}");
  }

  /// Of the two formats one is the scanner's; the other is found in process.
  @ParameterizedTest
  @ValueSource(strings = {"build", "commit"})
  void what_a_scanner_wrote_is_attached_in_its_format(String command) throws IOException {
    var own = "\"{\\\"bomFormat\\\":\\\"CycloneDX\\\",\\\"by\\\":\\\"it\\\"}\"";
    var layout = folder.resolve("layout");
    var line =
        new ArrayList<>(
            List.of(
                command,
                "--sbom=cyclonedx",
                "--sbom=spdx",
                "--sbom-scanner-image=scanner",
                "--sbom-scanner-command=sh -c 'printf %s " + own + " >{OUTPUT}'",
                "--sbom-output=" + folder.resolve("bill")));
    if (command.equals("build")) {
      line.addAll(List.of("-t", "oci:" + layout + ":x", folder.resolve("context").toString()));
    } else {
      buildah.output("from", "--name", "c", "scanner");
      line.addAll(List.of("c", "oci:" + layout + ":x"));
    }
    buildah.output(line.toArray(String[]::new));
    assertThat(folder.resolve("bill")).hasContent("{\"bomFormat\":\"CycloneDX\",\"by\":\"it\"}");
    var said = attached(layout);
    assertThat(said.get("https://cyclonedx.org/bom"))
        .hasToString(Files.readString(folder.resolve("bill")));
    assertThat(String.valueOf(said.get("https://spdx.dev/Document")))
        .contains("\"spdxVersion\":\"SPDX-2.3\"");
  }

  /// By type, what is said of the image.
  private static Map<String, JsonNode> attached(Path layout) throws IOException {
    var all = new TreeMap<String, JsonNode>();
    var location = Location.parse("oci:" + layout + ":x");
    try (var source = new Transports(List.of(new LayoutTransport())).openSource(location)) {
      for (var each : StatementArtifact.readAll(source, source.document().digest())) {
        all.put(each.predicateType(), each.predicate());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--layers", "--squash"})
  void the_image_gets_the_bill_where_that_is_wanted(String option) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                "--timestamp=9",
                "--sbom-scanner-image=scanner",
                "--sbom-scanner-command=scan {ROOTFS} {OUTPUT}",
                "--sbom-image-output=/sbom/bill.json",
                "--sbom-image-purl-output=sbom/purls"));
    line.add(option);
    var first = new ArrayList<>(line);
    first.addAll(List.of("-t=out", "--sbom-output=" + folder.resolve("bill")));
    build(first.toArray(String[]::new)).succeeded();
    assertThat(files("out"))
        .containsExactly("deep/", "deep/a.pkg", "sbom/", "sbom/bill.json", "sbom/purls");
    assertThat(content("out", "sbom/bill.json"))
        .isEqualTo(Files.readString(folder.resolve("bill")))
        .contains("\"components\":[{\"name\":\"a.pkg\"");
    assertThat(content("out", "sbom/purls"))
        .isEqualTo("{\"image_contents\":{\"dependencies\":[\"pkg:x/a.pkg@1\"]}}");
    assertThat(buildah.output("history", "out")).contains("ADD bill of contents in ");
    line.addAll(0, List.of("verify-build", "out"));
    line.add(folder.resolve("context").toString());
    buildah.run(line.toArray(String[]::new)).succeeded();
  }

  /// What a preset leaves to it is as in buildah's manual.
  @Test
  void a_preset_tells_what_the_caller_leaves_open() throws IOException {
    write("syft/syft", "#!/bin/sh\nscan ${3#dir:} ${5#cyclonedx-json=} \"as $1 $2 $4\"\n");
    write("syft/Containerfile", "FROM localhost/scanner\nCOPY --chmod=755 syft /syft\n");
    buildah.output("build", "-q", "-t", "mirror/syft", folder.resolve("syft").toString());
    build(
            "--sbom=syft",
            "--sbom-scanner-image=mirror/syft",
            "--sbom-output=" + folder.resolve("bill"))
        .succeeded();
    assertThat(bill().path("told").asText()).startsWith("scanned as scan -q --output by 0");
    assertThat(names("components")).containsExactly("a.pkg", "b.pkg");
  }

  @Test
  void a_commit_is_scanned_too() throws IOException {
    build("-t", "out").succeeded();
    var container = buildah.output("from", "out").strip();
    buildah.output("copy", container, folder.resolve("more/c.pkg").toString(), "/deep/");
    buildah.output(
        "commit",
        "--sbom-scanner-image=scanner",
        "--sbom-scanner-command=scan {ROOTFS} {OUTPUT}",
        "--sbom-scanner-command=scan {CONTEXT} {OUTPUT}",
        "--sbom-merge-strategy=merge-cyclonedx-by-component-name-and-version",
        "--sbom-output=" + folder.resolve("bill"),
        "--sbom-image-output=/bill",
        container,
        "changed");
    assertThat(names("components")).containsExactly("a.pkg", "c.pkg");
    assertThat(content("changed", "bill")).isEqualTo(Files.readString(folder.resolve("bill")));
    assertThat(files("changed")).contains("deep/c.pkg", "bill");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sbom-scanner-command=sh -c 'exit 3' | scan the image: "sh -c 'exit 3'": exit status 3
          --sbom-scanner-command=true {ROOTFS}  | scan the image: "true {ROOTFS}" wrote no file; let it write to {OUTPUT}
          --sbom-scanner-command=ln -s /etc/passwd {OUTPUT} | wrote no file
          --sbom-scanner-command=truncate -s 65M {OUTPUT} | wrote 68157440 bytes, and 67108864 are the most; let it tell less
          --sbom-scanner-command=there-is-none  | there-is-none
          --sbom-scanner-image=localhost/none   | localhost/none
          """)
  void a_scan_that_fails_leaves_no_image(String option, String sentence) {
    var line = new ArrayList<>(List.of("--pull=never", "-t=out"));
    line.add(option);
    line.add("--sbom-output=" + folder.resolve("bill"));
    line.add(
        option.startsWith("--sbom-scanner-image")
            ? "--sbom-scanner-command=true"
            : "--sbom-scanner-image=scanner");
    var outcome = build(line.toArray(String[]::new)).failed();
    assertThat(outcome.stderr()).contains(sentence);
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(folder.resolve("bill")).doesNotExist();
    assertThat(buildah.run("inspect", "--type=image", "out").failed().stderr()).contains("out");
    var containers = folder.resolve("store/containers");
    if (Files.exists(containers)) {
      assertThat(containers).isDirectoryNotContaining("glob:**/build-*");
    }
  }

  private Outcome scanned(String... options) {
    var line = new ArrayList<>(List.of(options));
    line.addAll(List.of("--sbom-scanner-image=scanner", "--sbom-output=" + folder.resolve("bill")));
    return build(line.toArray(String[]::new));
  }

  private Outcome build(String... options) {
    var line = new ArrayList<>(List.of("build"));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    return buildah.run(line.toArray(String[]::new));
  }

  private JsonNode bill() throws IOException {
    return Json.readTree(Files.readAllBytes(folder.resolve("bill")), "bill");
  }

  private List<String> names(String list) throws IOException {
    return bill().path(list).findValuesAsText("name");
  }

  private List<String> files(String image) {
    return tar("-tf", image).lines().toList();
  }

  private String content(String image, String file) {
    return tar("-xOf", image, file);
  }

  /// Of all files of the image in one archive.
  private String tar(String option, String image, String... more) {
    var archive = folder.resolve(image + ".tar");
    write(image + "-all/Containerfile", "FROM %s\n".formatted(image));
    buildah.output(
        "build", "-q", "-o", "type=tar,dest=" + archive, folder.resolve(image + "-all").toString());
    var line = new ArrayList<>(List.of(option, archive.toString()));
    line.addAll(List.of(more));
    return Tool.required("tar").output(line.toArray(String[]::new));
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("write " + name, e);
    }
  }
}
