package dev.ocij.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What vendors say of devices, and which of it a name means.
class DeviceSpecsTest {
  private static final String ONE =
      """
      cdiVersion: 0.6.0
      kind: vendor.com/net
      containerEdits: {env: [ALL=1]}
      devices:
      - name: a
        annotations: {org.mobyproject.buildkit.device.class: fast}
        containerEdits:
          env: [A=1]
          deviceNodes:
          - {path: /dev/a, hostPath: /dev/null, type: c, major: 1, minor: 3}
          - {path: /dev/zero, permissions: r}
          mounts:
          - {hostPath: /lib/a, containerPath: /a, options: [ro, nosuid]}
          - {hostPath: tmpfs, containerPath: /t, type: tmpfs, options: [size=1m]}
          additionalGids: [0, 44]
      - {name: b, containerEdits: {env: [B=1]}}
      """;

  @TempDir private Path folder;
  private DeviceSpecs specs;

  @BeforeEach
  void prepare() throws IOException {
    specs = new DeviceSpecs(List.of(folder.resolve("etc"), folder.resolve("run")));
    Files.createDirectory(folder.resolve("etc"));
    Files.createDirectory(folder.resolve("run"));
    write("etc/net.yaml", ONE);
  }

  @Test
  void a_device_is_nodes_mounts_variables_and_groups() {
    assertThat(found("vendor.com/net=a"))
        .isEqualTo(
            new DeviceEdits(
                List.of("ALL=1", "A=1"),
                List.of(
                    Mount.bind("/dev/null", "/dev/a", "nosuid", "noexec"),
                    Mount.bind("/dev/zero", "/dev/zero", "nosuid", "noexec", "ro"),
                    Mount.bind("/lib/a", "/a", "ro", "nosuid"),
                    Mount.of("/t", "tmpfs", "size=1m")),
                List.of("44")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vendor.com/net=b | ALL=1 B=1
          vendor.com/net   | ALL=1 A=1
          vendor.com/net=* | ALL=1 A=1 B=1
          fast             | ALL=1 A=1
          """)
  void a_name_may_mean_the_first_or_all(String name, String environment) {
    assertThat(found(name).environment()).containsExactly(environment.split(" "));
  }

  @Test
  void what_the_later_folder_says_counts() throws IOException {
    write(
        "run/net.json",
        """
        {"cdiVersion": "0.6.0", "kind": "vendor.com/net",
         "devices": [{"name": "a", "containerEdits": {"env": ["A=2"]}}]}
        """);
    write("run/ignored.txt", "no specification");
    assertThat(found("vendor.com/net=a").environment()).containsExactly("A=2");
    assertThat(found("vendor.com/net=b").environment()).containsExactly("ALL=1", "B=1");
  }

  @Test
  void two_of_a_folder_must_not_describe_the_same() throws IOException {
    write("etc/other.yaml", ONE);
    assertThatThrownBy(() -> found("vendor.com/net=a"))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("find device \"vendor.com/net=a\": both ")
        .hasMessageContaining("net.yaml")
        .hasMessageContaining("other.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vendor.com/net=c", "other.com/net=a", "other.com/net", "slow"})
  void a_device_that_nobody_describes_is_not_found(String name) {
    assertThat(specs.find(DeviceName.parse(name))).isEmpty();
    assertThatThrownBy(() -> found(name))
        .hasMessage(
            "find device \"%s\": no file in %s/etc or %s/run describes it"
                .formatted(name, folder, folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cdiVersion":"1","kind":"v/c","devices":[{"name":"x","containerEdits":{"hooks":[{}]}}]} | "hooks" of a device are not implemented yet; leave them out
          {"cdiVersion":"1","kind":"v/c","containerEdits":{"intelRdt":{}}} | "intelRdt" of a device are not implemented yet
          {"cdiVersion":"1","kind":"v"}       | "kind": expected VENDOR/CLASS, got "v"
          {"kind":"v/c"}                      | cdiVersion
          {"cdiVersion":"1","kind":"v/c","devices":[{"containerEdits":{}}]} | name
          {"cdiVersion":"1","kind":"v/c","devices":[{"name":"x","containerEdits":{"deviceNodes":[{}]}}]} | path
          {                                   | read device specification
          """)
  void a_file_that_cannot_be_followed_is_named(String text, String sentence) throws IOException {
    write("etc/bad.json", text);
    assertThatThrownBy(() -> found("vendor.com/net=a"))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("etc/bad.json")
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "vendor.com/net=a, true",
    "v/c=0, true",
    "v/c=*, true",
    "/dev/null, false",
    "/dev/a=b, false",
    "vendor.com/net, false",
    "a=b, false"
  })
  void a_name_is_no_path(String text, boolean name) {
    assertThat(DeviceName.isOne(text)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=a", "v/c=", "v/c=a b", "/c=a", "v/=a", "c=a", "v/c/d=a"})
  void what_is_no_name_is_told(String text) {
    assertThatThrownBy(() -> DeviceName.parse(text))
        .hasMessageContaining("expected VENDOR/CLASS=NAME");
  }

  private DeviceEdits found(String name) {
    return specs.require(DeviceName.parse(name));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
