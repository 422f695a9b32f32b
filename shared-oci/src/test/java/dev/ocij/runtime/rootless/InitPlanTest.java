package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.Errno;
import dev.ocij.linux.RecordedSyscalls;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.ContainerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitPlanTest {
  private static final Bundle BUNDLE =
      Bundles.of(
          Path.of("/bundle"),
          Path.of("/bundle/rootfs"),
          _ -> Optional.empty(),
          ContainerConfig.EMPTY,
          ContainerRequest.of(List.of("/bin/true")).with(draft -> draft.hostname = "box"));

  @Test
  void the_order_of_a_start() {
    assertThat(kinds(plan(Confinement.NAMESPACES)))
        .containsSubsequence(
            "DieWithRunner",
            "OwnMounts",
            "MountRoot",
            "MountFileSystem",
            "BindDevice",
            "BindMount",
            "Mask",
            "ReadOnly",
            "PivotRoot",
            "Hostname",
            "WorkingDirectory",
            "FilterSystemCalls",
            "BoundingSet",
            "Identity",
            "DieWithRunner",
            "Capabilities",
            "CloseDescriptors",
            "Execute")
        .endsWith("CloseDescriptors", "Execute");
  }

  @Test
  void nothing_of_the_runner_gets_among_processes_that_are_there() {
    var request =
        ContainerRequest.of(List.of("/bin/true"))
            .with(draft -> draft.joined = Map.of("pid", "/proc/7/ns/pid"));
    var bundle =
        Bundles.of(
            Path.of("/bundle"),
            Path.of("/bundle/rootfs"),
            _ -> Optional.empty(),
            ContainerConfig.EMPTY,
            request);
    assertThat(kinds(plan(bundle, Confinement.NAMESPACES)))
        .containsSubsequence(
            "LeaveRunner", "JoinNamespace", "Fork", "DieWithRunner", "NewSession", "OwnMounts")
        .containsOnlyOnce("LeaveRunner", "JoinNamespace");
    assertThat(Namespaces.flags(bundle.config().linux(), Confinement.NAMESPACES))
        .isEqualTo(0x08020000L);
  }

  @Test
  void what_another_process_sees_is_bound_from_there() {
    var config = BUNDLE.config();
    var own = "/proc/" + ProcessHandle.current().pid();
    var mount = Mount.bind(own + "/root/dev", "/x", "ro");
    var plan = plan(BUNDLE.withConfig(config.withMounts(List.of(mount))), Confinement.NAMESPACES);
    assertThat(plan)
        .contains(
            new InitAction.BindFromProcess(
                Path.of(own),
                new InitAction.BindMount(
                    Path.of("/dev"), true, "/x", MountOptions.parse(List.of("rbind", "ro")))));
  }

  @Test
  void chroot_alone_mounts_nothing() {
    assertThat(kinds(plan(Confinement.CHROOT)))
        .contains("ChangeRoot", "MakeDevice")
        .doesNotContain("OwnMounts", "MountRoot", "MountFileSystem", "BindMount", "Hostname");
  }

  @Test
  void a_hidden_proc_is_bound() {
    assertThat(plan(Confinement.NAMESPACES_WITHOUT_PID))
        .contains(
            new InitAction.BindMount(
                Path.of("/proc"), true, "/proc", MountOptions.parse(List.of("rbind"))));
  }

  @Test
  void the_inheritable_set_is_empty() {
    assertThat(plan(Confinement.NAMESPACES))
        .filteredOn(InitAction.Capabilities.class::isInstance)
        .singleElement()
        .extracting("inheritable")
        .isEqualTo(new CapabilitySet(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mount       | 1 | separate its mounts from the host's: mount: operation not permitted
          pivot_root  | 22 | change the root directory: pivot_root: invalid argument
          sethostname | 1 | set the hostname "box": sethostname: operation not permitted
          seccomp     | 13 | filter system calls: seccomp: permission denied
          """)
  void what_failed_is_said_in_a_sentence(String call, int errno, String sentence) {
    var runner = new Runner(new RecordedSyscalls(Map.of(call, (long) -errno)), host());
    assertThatThrownBy(() -> runner.run(BUNDLE, Stdio.inherited()))
        .isInstanceOf(StartException.class)
        .hasMessage("start the container: " + sentence);
  }

  @Test
  void a_failure_that_means_nothing_does_not_stop() {
    var kernel = new RecordedSyscalls(Map.of("mknodat", (long) -Errno.EEXIST.number()));
    var container = new Runner(kernel, host()).start(BUNDLE, Stdio.inherited());
    assertThat(container.pid()).isEqualTo(1234);
    assertThat(container.created()).contains("/proc").doesNotContain("/dev/null");
    assertThat(kernel.spawns()).singleElement().extracting("flags").isEqualTo(0x2c020000L);
  }

  private static List<InitAction> plan(Confinement confinement) {
    return plan(BUNDLE, confinement);
  }

  private static List<InitAction> plan(Bundle bundle, Confinement confinement) {
    var here = host();
    return InitPlan.of(
        bundle,
        new Host(confinement, false, true, false, false, here.capabilities(), here.hardLimits()),
        new RunnerEnds(Stdio.inherited(), MadeBefore.NOTHING, Optional.empty(), Optional.empty()));
  }

  private static Host host() {
    return new Host(
        Confinement.NAMESPACES, false, true, false, false, new CapabilitySet(-1), _ -> -1);
  }

  private static List<String> kinds(List<InitAction> actions) {
    return actions.stream().map(action -> action.getClass().getSimpleName()).toList();
  }
}
