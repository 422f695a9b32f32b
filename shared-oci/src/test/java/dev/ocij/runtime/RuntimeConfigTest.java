package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The `config.json` of bundles, as far as we know it.
class RuntimeConfigTest {
  private static final String WHOLE =
      """
      {
        "ociVersion": "1.2.0",
        "process": {
          "terminal": true,
          "user": {"uid": 1, "gid": 2, "additionalGids": [3, 4], "umask": 18},
          "args": ["sh", "-c", "true"],
          "env": ["A=b", "C="],
          "cwd": "/work",
          "capabilities": {
            "bounding": ["CAP_CHOWN"], "effective": ["CAP_CHOWN"], "permitted": ["CAP_CHOWN"],
            "inheritable": [], "ambient": []
          },
          "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 10, "hard": 20}],
          "noNewPrivileges": false,
          "oomScoreAdj": 0
        },
        "root": {"path": "rootfs", "readonly": true},
        "hostname": "host",
        "mounts": [
          {"destination": "/proc", "type": "proc", "source": "proc"},
          {"destination": "/v", "type": "bind", "source": "/v", "options": ["rbind", "ro"]}
        ],
        "linux": {
          "namespaces": [{"type": "pid"}, {"type": "network", "path": "/proc/1/ns/net"}],
          "uidMappings": [{"containerID": 0, "hostID": 1000, "size": 1}],
          "gidMappings": [{"containerID": 0, "hostID": 0, "size": 65536}],
          "sysctl": {"net.ipv4.ip_forward": "1"},
          "resources": {
            "memory": {"limit": 1048576, "reservation": 0, "swap": -1},
            "cpu": {"shares": 2, "quota": -1, "period": 100000, "cpus": "0-1", "mems": "0"},
            "pids": {"limit": 0}
          },
          "seccomp": {
            "defaultAction": "SCMP_ACT_ERRNO",
            "defaultErrnoRet": 38,
            "architectures": ["SCMP_ARCH_X86_64"],
            "syscalls": [
              {"names": ["read"], "action": "SCMP_ACT_ALLOW"},
              {
                "names": ["clone"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1,
                "args": [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]
              }
            ]
          },
          "maskedPaths": ["/proc/kcore"],
          "readonlyPaths": ["/proc/sys"],
          "cgroupsPath": "group"
        },
        "annotations": {"a": "b"}
      }
      """;

  @Test
  void what_is_read_is_written_in_its_order() {
    var expected = Json.write(Json.readTree(bytes(WHOLE), "expected"));
    assertThat(RuntimeConfig.parse(bytes(WHOLE)).bytes()).asString().isEqualTo(text(expected));
  }

  @Test
  void what_may_be_left_out_is_as_the_specification_says() {
    var config = RuntimeConfig.parse(bytes("{\"process\":{},\"root\":{\"path\":\"/\"}}"));
    assertThat(config.process().cwd()).isEqualTo("/");
    assertThat(config.process().user()).isEqualTo(User.ROOT);
    assertThat(config.root().readonly()).isFalse();
    assertThat(config.linux()).isEqualTo(LinuxConfig.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "process":                       | "processes":          | "process": expected an object
          "terminal": true                 | "terminal": "yes"     | "process.terminal": expected true or false
          "umask": 18                      | "umask": 4294967296   | "process.user.umask": expected a whole number of 32 bits
          [3, 4]                           | [3, "4"]              | "process.user.additionalGids[1]": expected a whole number
          ["sh", "-c", "true"]             | "true"                | "process.args": expected a list
          "soft": 10                       | "soft": 1.5           | "process.rlimits[0].soft": expected a whole number
          "path": "rootfs",                | "where": "rootfs",    | "root.path": expected a string
          "destination": "/v"              | "destination": null   | "mounts[1].destination": expected a string
          {"type": "pid"}                  | "pid"                 | "linux.namespaces[0]": expected an object
          "limit": 0                       | "limit": null         | "linux.resources.pids.limit": expected a whole number
          "op": "SCMP_CMP_MASKED_EQ"       | "op": 1               | "linux.seccomp.syscalls[1].args[0].op": expected a string
          """)
  void another_type_is_refused_by_its_place(String what, String instead, String message) {
    assertThat(WHOLE).contains(what);
    var changed = bytes(WHOLE.replace(what, instead));
    assertThatThrownBy(() -> RuntimeConfig.parse(changed))
        .isInstanceOf(OciException.class)
        .hasMessage("read config.json of a bundle: " + message);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
