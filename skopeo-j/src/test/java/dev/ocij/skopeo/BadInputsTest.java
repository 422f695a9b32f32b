package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.SharedFiles;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Bad images, as an ordinary user meets them: refused or made harmless, within limits of time,
/// memory and disk, and what must work does.
@Tag("tool")
@Tag("distribution")
class BadInputsTest {
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "inspect", "inspect SOURCE",
          "copy-oci", "--insecure-policy copy SOURCE oci:NEW:t",
          "copy-dir", "--insecure-policy copy SOURCE dir:NEW",
          "copy-policy", "--policy CASE/policy.json copy SOURCE dir:NEW");
  private static final String SECRET = "secret-81f3c0";
  private static final String PREPARE =
      """
      rm -rf outside new tmp; mkdir -p outside/sub tmp; cd outside
      echo victim > victim.txt; echo %s > secret.txt; echo kept > sub/keep; mkfifo fifo
      """
          .formatted(SECRET);
  private static final String MEASURED =
      """
      import resource, subprocess, sys
      status = subprocess.run(sys.argv[2:]).returncode
      open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
      sys.exit(status if status >= 0 else 128 - status)
      """;

  @AutoClose private static OrdinaryUser user;

  @BeforeAll
  static void generate() {
    var generator = SharedFiles.required("badinputs/generate.py");
    Tool.required("python3");
    user = OrdinaryUser.withoutSubordinateIds();
    var script = user.home().resolve("generate.py");
    try {
      Files.copy(generator, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    user.run("python3", script.toString(), home("cases").toString(), "--outside=" + home("outside"))
        .succeeded();
  }

  @TestFactory
  Stream<DynamicTest> every_case_of_the_list() throws IOException {
    var list = Json.mapper().readTree(home("cases/cases.json").toFile()).path("cases");
    return list.valueStream()
        .flatMap(listed ->
            listed.path("expect").properties().stream()
                .filter(expected -> OPERATIONS.containsKey(expected.getKey()))
                .map(expected ->
                    dynamicTest(
                        listed.path("name").asText() + " " + expected.getKey(),
                        () -> check(listed, expected.getKey(), expected.getValue().asText()))));
  }

  private static void check(JsonNode listed, String operation, String verdict) throws IOException {
    user.run("sh", "-c", PREPARE).succeeded();
    var before = listing(home("outside"));
    var outcome = run(listed, operation);
    var said = outcome.stdout() + outcome.stderr();
    assertThat(listing(home("outside"))).as("what the attack aims at").isEqualTo(before);
    assertThat(said).doesNotContain(SECRET, "\tat ", "\u001b", "\u0007");
    assertThat(written()).as("files with the secret").noneMatch(BadInputsTest::holdsSecret);
    assertThat(outcome.status()).as("no end by a signal; it said: %s", said).isLessThan(128);
    switch (verdict) {
      case "accept" -> outcome.succeeded();
      case "reject" -> assertThat(outcome.failed().stderr()).containsPattern(clear(listed));
      default -> assertThat(outcome.status()).isBetween(0, 2);
    }
    for (var limit : listed.path("checks")) {
      checkLimit(limit.asText());
    }
  }

  private static Outcome run(JsonNode listed, String operation) {
    var source = listed.path("source").asText();
    var line =
        OPERATIONS
            .getOrDefault(operation, "")
            .replace("SOURCE", source)
            .replace("NEW", home("new").toString())
            .replace("CASE", home("cases").resolve(listed.path("name").asText()).toString());
    var command =
        Stream.concat(
            Stream.of(
                "env",
                "TMPDIR=" + home("tmp"),
                "python3",
                "-c",
                MEASURED,
                home("rss").toString(),
                Launcher.SKOPEO_J.script().toString()),
            Stream.of(line.split(" ")));
    return user.with(command.toArray(String[]::new)).within(Duration.ofSeconds(30)).outcome();
  }

  /// A sentence that names what is wrong, as the case asks.
  private static Pattern clear(JsonNode listed) {
    var names = listed.path("must_name").valueStream().map(JsonNode::asText).toList();
    return Pattern.compile(
        names.isEmpty() ? "msg=\"\\S+" : String.join("|", names), Pattern.CASE_INSENSITIVE);
  }

  private static void checkLimit(String limit) throws IOException {
    var words = List.of(limit.split("<"));
    if (words.getFirst().equals("rss")) {
      long kibibytes = Long.parseLong(Files.readString(home("rss")));
      assertThat(kibibytes >> 10).as("MiB in memory").isLessThan(Long.parseLong(words.getLast()));
    }
    if (words.getFirst().equals("disk")) {
      long bytes = written().mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes >> 20).as("MiB on disk").isLessThan(Long.parseLong(words.getLast()));
    }
  }

  private static Map<String, String> listing(Path folder) throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        all.put(file.toString(), Files.isRegularFile(file) ? Files.readString(file) : "");
      }
    }
    return all;
  }

  /// The regular files that the command left.
  private static Stream<Path> written() throws IOException {
    return Stream.of(files(home("new")), files(home("tmp"))).flatMap(List::stream);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean holdsSecret(Path file) {
    try {
      return Files.size(file) < SECRET.length() * 100L && Files.readString(file).contains(SECRET);
    } catch (IOException e) {
      return false; // not a text
    }
  }

  private static Path home(String name) {
    return user.home().resolve(name);
  }
}
