package dev.ocij.buildah.cli;

import dev.ocij.spec.Json;
import dev.ocij.spec.Platform;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import java.util.LinkedHashMap;
import java.util.function.BooleanSupplier;

/// `version`: of this program, and of what it keeps to.
public final class VersionCommand implements Command {
  private final Options options = Options.of(this, "Print the versions.");
  private final BooleanSupplier json = options.flag("--json", "print JSON");

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var platform = Platform.host().toString();
    var lines = new LinkedHashMap<String, String>();
    var object = Json.object();
    object.put("version", "1.43.2").put("goVersion", "java" + Runtime.version().feature());
    object.put("imageSpec", "1.1.1").put("runtimeSpec", "1.2.1");
    object.put("cniSpec", "").put("libcniVersion", "").put("imageVersion", "0.1.0");
    object.put("gitCommit", "").put("built", "Thu Jan  1 00:00:00 1970");
    object.put("osArch", platform).put("buildPlatform", platform);
    if (json.getAsBoolean()) {
      options.out().println(GoJson.indented(object, 4));
      return ExitCode.OK;
    }
    lines.put("Version", "version");
    lines.put("Go Version", "goVersion");
    lines.put("Image Spec", "imageSpec");
    lines.put("Runtime Spec", "runtimeSpec");
    lines.put("CNI Spec", "cniSpec");
    lines.put("libcni Version", "libcniVersion");
    lines.put("image Version", "imageVersion");
    lines.put("Git Commit", "gitCommit");
    lines.put("Built", "built");
    lines.put("OS/Arch", "osArch");
    lines.put("BuildPlatform", "buildPlatform");
    lines.forEach((title, field) ->
        options.out().println("%-17s%s".formatted(title + ":", object.path(field).asText())));
    return ExitCode.OK;
  }
}
