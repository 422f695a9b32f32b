package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.linux.Architecture;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.runtime.Seccomp;
import dev.ocij.runtime.SeccompFilter;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.NoNamespaces;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a build gets as root, as users with and without further ids, as root in a container of a CI
/// system, and as a user for whom no namespace can be made.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
@Tag("tool")
class TiersTest {
  enum Who {
    ROOT,
    USER_WITH_IDS,
    USER,
    CI_ROOT,
    USER_WITHOUT_NAMESPACES
  }

  /// The capabilities that Docker leaves to root.
  private static final String OF_DOCKER =
      "-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,+setfcap,+setpcap,"
          + "+net_bind_service,+sys_chroot,+kill,+audit_write";

  private static final String WITHOUT_RUN =
      "FROM oci:base:base\nCOPY --chown=1000:50 --chmod=640 f /d/f\nWORKDIR /w\nENV A=1\n";
  private static final String WITH_RUN =
      WITHOUT_RUN
          + "RUN chown 33:8 /d/f && ln -s f /d/l && chown -h 9 /d/l && echo x >/d/new\n"
          + "USER someone\nRUN id >/tmp/me && echo y >/tmp/of\n";
  private static final String WITH_MOUNT =
      "FROM oci:base:base\nRUN --mount=type=tmpfs,target=/t echo x >/t/f && cp /t/f /f\n";

  private static final Map<Who, Path> homes = new EnumMap<>(Who.class);
  private static TemporaryFolder folder;
  private static OrdinaryUser many;
  private static OrdinaryUser one;

  @BeforeAll
  static void prepare() throws IOException {
    Require.root(); // for users and powers of all kinds
    folder = TemporaryFolder.create("tiers");
    many = OrdinaryUser.withSubordinateIds();
    one = OrdinaryUser.withoutSubordinateIds();
    homes.put(Who.ROOT, Files.createDirectory(folder.path().resolve("root")));
    homes.put(Who.CI_ROOT, Files.createDirectory(folder.path().resolve("ci")));
    homes.put(Who.USER_WITH_IDS, many.home());
    homes.put(Who.USER, one.home());
    for (var home : homes.values()) {
      Busybox.required().writeLayout(home.resolve("base"), "base");
      Tool.required("cp")
          .run("-r", Launcher.BUILDAH_J.distribution().toString(), home.resolve("dist").toString())
          .succeeded();
      Files.writeString(Files.createDirectory(home.resolve("context")).resolve("f"), "f\n");
    }
    for (var user : List.of(many, one)) {
      Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    }
    homes.put(Who.USER_WITHOUT_NAMESPACES, one.home());
  }

  @AfterAll
  static void close() {
    if (one != null) {
      one.close();
    }
    if (many != null) {
      many.close();
    }
    if (folder != null) {
      folder.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_run_the_image_is_everywhere_the_same(Who who) throws IOException {
    assertThat(build(who, WITHOUT_RUN).succeeded().stdout())
        .isEqualTo(build(Who.ROOT, WITHOUT_RUN).succeeded().stdout());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "USER_WITHOUT_NAMESPACES")
  void run_gives_the_same_wherever_a_root_can_be_changed(Who who) throws IOException {
    assertThat(build(who, WITH_RUN).succeeded().stdout())
        .isEqualTo(build(Who.ROOT, WITH_RUN).succeeded().stdout())
        .hasSize(64 + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ROOT", "USER_WITH_IDS", "USER"})
  void mounts_are_made_wherever_namespaces_are(Who who) throws IOException {
    assertThat(build(who, WITH_MOUNT).succeeded().stdout())
        .isEqualTo(build(Who.ROOT, WITH_MOUNT).succeeded().stdout());
  }

  @ParameterizedTest
  @EnumSource(names = {"USER_WITH_IDS", "USER"})
  void mappings_show_in_no_image_of_a_user_namespace(Who who) throws IOException {
    for (var option :
        List.of(
            "--userns=private",
            "--userns-uid-map=0:0:1",
            "--userns-gid-map=0:0:1",
            "--userns-uid-map-user=x")) {
      assertThat(build(who, WITH_RUN, option).succeeded().stdout())
          .endsWith(build(Who.ROOT, WITH_RUN).succeeded().stdout());
    }
    assertThat(build(who, WITHOUT_RUN, "--userns-uid-map=0:1:99999").failed().stderr())
        .startsWith("Error: --userns-uid-map \"0:1:99999\": there are ");
  }

  @ParameterizedTest
  @EnumSource(names = "CI_ROOT")
  void what_needs_mounts_is_refused_where_a_filter_forbids_them(Who who) throws IOException {
    assertThat(build(who, WITH_MOUNT).failed().stderr())
        .contains("\nError: building at STEP \"RUN --mount=type=tmpfs,target=/t")
        .contains("RUN --mount needs namespaces and mounts, which are forbidden here: namespaces")
        .contains("cannot be made (operation not permitted)", "--privileged", "hostUsers: false")
        .hasLineCount(4);
  }

  @ParameterizedTest
  @EnumSource(names = "USER_WITHOUT_NAMESPACES")
  void run_is_refused_where_nothing_can_be_made(Who who) throws IOException {
    assertThat(build(who, WITH_RUN).failed().stderr())
        .contains("\nError: building at STEP \"RUN chown")
        .contains("start a container: namespaces cannot be made (operation not permitted)")
        .contains("unshare --user --map-root-user")
        .hasLineCount(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"ROOT", "USER_WITH_IDS", "USER"})
  void a_scanner_sees_owners_wherever_namespaces_are(Who who) throws IOException {
    build(who, WITHOUT_RUN, scanning("stat -c %u:%g:%a:%n {ROOTFS}/d/f >{OUTPUT}")).succeeded();
    assertThat(Objects.requireNonNull(homes.get(who)).resolve("bill"))
        .hasContent("1000:50:640:/.rootfs/d/f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CI_ROOT                 | a scanner needs namespaces and mounts, which are forbidden here: namespaces cannot be made
          USER_WITHOUT_NAMESPACES | a scanner needs namespaces and mounts, which are forbidden here: namespaces cannot be made
          """)
  void a_scanner_is_refused_where_nothing_can_be_mounted(Who who, String sentence)
      throws IOException {
    assertThat(build(who, WITHOUT_RUN, scanning("true")).failed().stderr())
        .startsWith("Error: scan the image: " + sentence)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ROOT          | Tier 2: RUN has namespaces, with many user ids
          USER_WITH_IDS | Tier 2: RUN has namespaces, with many user ids
          USER          | Tier 1: RUN has namespaces, with one user id: only one user id is mapped, so other owners
          CI_ROOT       | Tier 2: RUN has a root directory alone, with many user ids: namespaces cannot be made
          USER_WITHOUT_NAMESPACES | Tier 0: RUN is not possible, unless an earlier build did it: namespaces cannot be made
          """)
  void says_at_its_start_what_it_asks_of_the_machine_and_why(Who who, String sentence)
      throws IOException {
    var run = build(who, "FROM oci:base:base\nRUN true\n", "--format=oci");
    assertThat(run.stderr().lines().limit(1)).allMatch(line -> line.startsWith(sentence));
    assertThat(run.stderr()).hasLineCount(who == Who.USER_WITHOUT_NAMESPACES ? 5 : 1);
    assertThat(run.stdout()).startsWith("STEP 1/2: FROM oci:base:base\n");
    assertThat(build(who, WITHOUT_RUN, "--format=oci").succeeded().stderr())
        .isEqualTo("Tier 0: nothing runs, so the machine is asked for nothing\n");
    assertThat(build(who, WITHOUT_RUN).stderr()).isEmpty();
  }

  @Test
  void says_so_again_where_the_base_asks_for_more() throws IOException {
    build(Who.ROOT, "FROM oci:base:base\nONBUILD RUN true\n").succeeded();
    assertThat(build(Who.ROOT, "FROM x\n", "--format=oci").succeeded().stderr().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("Tier 0: "),
            second -> assertThat(second).startsWith("Tier 2: "));
  }

  private static Outcome build(Who who, String text) throws IOException {
    return build(who, text, "--quiet");
  }

  private static String[] scanning(String command) {
    return new String[] {
      "--quiet",
      "--sbom-scanner-image=oci:base:base",
      "--sbom-scanner-command=sh -c '%s'".formatted(command),
      "--sbom-output=bill"
    };
  }

  private static Outcome build(Who who, String text, String... options) throws IOException {
    var home = Objects.requireNonNull(homes.get(who));
    Files.writeString(home.resolve("Containerfile"), text);
    var line = new ArrayList<>(List.of("sh", "dist/bin/buildah-j", "--root", "store-" + who));
    line.add("build");
    line.addAll(List.of(options));
    line.addAll(List.of("--timestamp", "1", "--no-cache", "-t", "x"));
    line.addAll(List.of("-f", "Containerfile", "context"));
    return switch (who) {
      case ROOT -> Run.of(line).in(home).outcome();
      case CI_ROOT -> confined(Run.of(bounded(line)).in(home));
      case USER_WITH_IDS -> as(many, line);
      case USER -> as(one, line);
      case USER_WITHOUT_NAMESPACES -> as(one, NoNamespaces.around(line));
    };
  }

  private static Outcome as(OrdinaryUser user, List<String> line) {
    return user.run(line.toArray(String[]::new));
  }

  private static List<String> bounded(List<String> line) {
    var setpriv = Tool.required("setpriv").program().toString();
    var bounded = new ArrayList<>(List.of(setpriv, "--bounding-set=" + OF_DOCKER));
    bounded.addAll(List.of("--inh-caps=-all", "--"));
    bounded.addAll(line);
    return bounded;
  }

  /// Runs it from a thread that has a filter such as Docker gives to its containers.
  private static Outcome confined(Run run) {
    var outcome = new AtomicReference<Outcome>();
    var thread =
        new Thread(() -> {
          forbidNamespacesAndMounts();
          outcome.set(run.outcome());
        });
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return outcome.get();
  }

  private static void forbidNamespacesAndMounts() {
    var calls = List.of("unshare", "setns", "mount", "fsopen", "open_tree", "move_mount");
    var newNamespaces = new Seccomp.Argument(0, 0x7e020000L, 0L, "SCMP_CMP_MASKED_EQ");
    var rules =
        List.of(
            new Seccomp.Rule(calls, "SCMP_ACT_ERRNO", null, List.of()),
            new Seccomp.Rule(List.of("clone"), "SCMP_ACT_ALLOW", null, List.of(newNamespaces)),
            new Seccomp.Rule(List.of("clone"), "SCMP_ACT_ERRNO", null, List.of()));
    var filter =
        SeccompFilter.compile(
                new Seccomp("SCMP_ACT_ALLOW", null, List.of(), rules), Architecture.current())
            .bytes();
    var program = Structure.of(16).halfWord(0, filter.length / 8);
    assertThat(
            new LinuxSyscalls()
                .call(
                    "seccomp",
                    Operand.of(1),
                    Operand.ZERO,
                    program.memory(Operand.WORD, Operand.of(filter))))
        .isZero();
  }
}
