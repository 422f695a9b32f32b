package dev.ocij.buildah.run;

import dev.ocij.testing.Busybox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A bundle for tests.
final class ScriptBundle {
  private static final String MOUNTS =
      """
      {"destination":"/proc","type":"proc","source":"proc","options":["nosuid","noexec","nodev"]},
      {"destination":"/dev","type":"tmpfs","source":"tmpfs","options":["nosuid","mode=755"]},
      {"destination":"/dev/pts","type":"devpts","source":"devpts",
       "options":["nosuid","noexec","newinstance","ptmxmode=0666","mode=0620"]}\
      """;

  private ScriptBundle() {}

  /// Writes a bundle whose program is a script of the shell.
  ///
  /// @param place of `json` in the configuration
  static Path write(Path folder, String place, String json, String script) throws IOException {
    var bundle = Files.createDirectories(folder.resolve("bundle"));
    Busybox.required().writeRootfs(bundle.resolve("rootfs"));
    var process = place.equals("process") ? json + "," : "";
    var config =
        """
        {"ociVersion":"1.0.2",
         "process":{%s %s %s %s "args":["/bin/sh","-c",%s]},
         "root":{"path":"rootfs"%s},
         "mounts":[%s%s],
         %s
         "linux":{%s%s}}
        """
            .formatted(
                process,
                process.contains("\"cwd\"") ? "" : "\"cwd\":\"/\",",
                process.contains("\"env\"") ? "" : "\"env\":[\"PATH=/bin\"],",
                process.contains("\"user\"") ? "" : "\"user\":{\"uid\":0,\"gid\":0},",
                quoted(script),
                place.equals("root") ? "," + json : "",
                MOUNTS,
                place.equals("mounts") ? "," + json : "",
                place.equals("top") ? json + "," : "",
                json.contains("namespaces")
                    ? ""
                    : "\"namespaces\":[{\"type\":\"pid\"},{\"type\":\"ipc\"},{\"type\":\"uts\"},{\"type\":\"mount\"}]"
                        + (place.equals("linux") ? "," : ""),
                place.equals("linux") ? json : "");
    Files.writeString(bundle.resolve("config.json"), config);
    return bundle;
  }

  private static String quoted(String script) {
    return '"' + script.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
