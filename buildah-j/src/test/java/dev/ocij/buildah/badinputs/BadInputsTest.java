package dev.ocij.buildah.badinputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad images and contexts, made by a script beside the project, are refused or do no harm: nothing
/// outside is read, written or removed, in bounded time and memory, and the error is a sentence.
@Tag("tool")
@Tag("root")
@Tag("namespace")
@Tag("distribution")
class BadInputsTest {
  private static final int MOST_MEGABYTES = 700;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /// Runs its arguments and tells at the end how much memory they took.
  private static final String MEASURED =
      """
      import resource, subprocess, sys
      status = subprocess.call(sys.argv[1:])
      megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
      print("megabytes=%d" % megabytes, file=sys.stderr)
      sys.exit(status)
      """;

  @AutoClose private static OrdinaryUser user;

  @BeforeAll
  static void generate() {
    Require.root();
    var named = System.getProperty("ocij.shared");
    var shared = named == null ? ProjectFolder.root().resolveSibling("shared") : Path.of(named);
    var script = shared.resolve("badinputs/generate.py");
    Require.that(Files.isRegularFile(script), script + " is not there: no bad inputs can be made");
    var busybox = Busybox.required().program().toString();
    user = OrdinaryUser.withSubordinateIds();
    Tool.required("python3")
        .run(script.toString(), home("cases"), "--outside", home("outside"), "--busybox", busybox)
        .succeeded();
    var distribution = Launcher.BUILDAH_J.distribution().toString();
    Tool.required("cp").run("-r", distribution, home("dist")).succeeded();
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void does_no_harm(BadInput input) throws IOException {
    var secret = "secret-of-" + input.name() + "-" + System.nanoTime();
    makeOutside(secret);
    var outcomes = input.operation().equals("pull") ? pull(input) : build(input);
    for (var outcome : outcomes) {
      assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(secret, "\tat ", "Exception");
      assertThat(outcome.status()).isLessThan(128);
      assertThat(megabytes(outcome)).isLessThan(MOST_MEGABYTES);
    }
    assertThat(outside()).isEqualTo(expectedOutside(secret));
    assertThat(Tool.required("grep").run("-rlaF", secret, home("store")).stdout()).isEmpty();
    check(input, outcomes);
    Tool.required("rm").run("-rf", home("store")).succeeded();
  }

  private static void check(BadInput input, List<Outcome> outcomes) {
    var failed = outcomes.stream().filter(outcome -> outcome.status() != 0).toList();
    switch (input.verdict()) {
      case "accept" -> assertThat(failed).isEmpty();
      case "reject" -> {
        assertThat(failed).isNotEmpty();
        assertThat(failed.getFirst().stderr())
            .containsPattern("(?m)^Error: ")
            .containsPattern(Pattern.compile(input.mustName(), Pattern.CASE_INSENSITIVE));
      }
      default -> assertThat(input.verdict()).isEqualTo("neutralise");
    }
  }

  /// A container begins with the image and uses it: its tree is read, and except for the control,
  /// which has no program, unpacked for a command.
  private static List<Outcome> pull(BadInput input) {
    var outcomes = new ArrayList<Outcome>();
    outcomes.add(buildah("from", "--name", "c", input.source()));
    if (outcomes.getFirst().status() == 0) {
      outcomes.add(buildah("copy", "c", policy(), "/from-here"));
      if (!input.verdict().equals("accept")) {
        outcomes.add(buildah("run", "c", "/none"));
      }
      outcomes.add(buildah("commit", "c", "oci:" + home("store/committed") + ":t"));
    }
    return outcomes;
  }

  private static List<Outcome> build(BadInput input) {
    var outcomes = new ArrayList<Outcome>();
    if (Files.exists(input.folder().resolve("base"))) {
      var id =
          buildah("pull", "-q", "oci:%s/base:latest".formatted(input.folder()))
              .succeeded()
              .stdout();
      buildah("tag", id.strip(), "localhost/badbase").succeeded();
    }
    var context = input.folder().resolve("context");
    var layout = "oci:" + home("store/built") + ":t";
    outcomes.add(
        buildah("build", "-t", layout, "-f", context + "/Containerfile", context.toString()));
    return outcomes;
  }

  private static Outcome buildah(String command, String... arguments) {
    var line =
        new ArrayList<>(
            List.of(
                "python3",
                "-c",
                MEASURED,
                home("dist/bin/buildah-j"),
                "--root",
                home("store"),
                command));
    if (List.of("pull", "build", "from").contains(command)) {
      line.add("--signature-policy=" + policy());
    }
    line.addAll(List.of(arguments));
    return user.with(line.toArray(String[]::new)).within(LONGEST).outcome();
  }

  private static String policy() {
    try {
      var file = user.home().resolve("policy.json");
      Files.writeString(file, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("write a policy", e);
    }
  }

  private static int megabytes(Outcome outcome) {
    var found = Pattern.compile("megabytes=(\\d+)").matcher(outcome.stderr());
    assertThat(found.find()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static void makeOutside(String secret) throws IOException {
    var outside = user.home().resolve("outside");
    Tool.required("rm").run("-rf", outside.toString()).succeeded();
    Files.createDirectories(outside.resolve("sub"));
    Files.writeString(outside.resolve("victim.txt"), "victim");
    Files.writeString(outside.resolve("secret.txt"), secret);
    Files.writeString(outside.resolve("sub/keep"), "keep");
    Tool.required("mkfifo").run(outside.resolve("fifo").toString()).succeeded();
    Tool.required("chown").run("-R", user.name() + ":", outside.toString()).succeeded();
  }

  private static String expectedOutside(String secret) {
    return "fifo=pipe secret.txt=%s sub/keep=keep victim.txt=victim".formatted(secret);
  }

  /// Each file with its content.
  private static String outside() throws IOException {
    var outside = user.home().resolve("outside");
    try (Stream<Path> all = Files.walk(outside)) {
      return all.filter(path -> !Files.isDirectory(path))
          .sorted()
          .map(path -> outside.relativize(path) + "=" + content(path))
          .collect(Collectors.joining(" "));
    }
  }

  private static String content(Path path) {
    try {
      return Files.isRegularFile(path)
          ? Files.readString(path, StandardCharsets.ISO_8859_1)
          : "pipe";
    } catch (IOException e) {
      throw new UncheckedIOException("read " + path, e);
    }
  }

  private static String home(String name) {
    return user.home().resolve(name).toString();
  }

  private static List<BadInput> cases() throws IOException {
    return BadInput.read(user.home().resolve("cases"));
  }
}
