package dev.ocij.buildah.run;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs of podman-j on a store, from a busybox image in an OCI layout. The user of a test may not
/// be able to read the project's folder, so the distribution is copied for them.
record BusyboxStore(Path folder, List<String> prefix) {
  static final String IMAGE = "busybox";

  static BusyboxStore in(Path folder) {
    Busybox.required().writeLayout(folder.resolve("layout"), "image");
    return new BusyboxStore(folder, List.of(distribution()));
  }

  static BusyboxStore of(OrdinaryUser user) {
    Busybox.required().writeLayout(user.home().resolve("layout"), "image");
    Tool.required("cp")
        .run(
            "-r",
            Launcher.PODMAN_J.distribution().toString(),
            user.home().resolve("dist").toString())
        .succeeded();
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    return new BusyboxStore(
        user.home(), List.of(user.home().resolve("dist/bin/podman-j").toString()));
  }

  /// The line of a command on the store.
  String[] line(String... args) {
    var line = new ArrayList<>(prefix);
    line.addAll(List.of("--root", folder.resolve("store").toString()));
    line.addAll(List.of(args));
    return line.toArray(String[]::new);
  }

  /// `run` with these options, the image and then the words.
  String[] runLine(List<String> options, String... words) {
    var args = new ArrayList<>(List.of("run"));
    args.addAll(options);
    args.add(image());
    args.addAll(List.of(words));
    return line(args.toArray(String[]::new));
  }

  String image() {
    return "oci:" + folder.resolve("layout") + ":image";
  }

  Outcome podman(String... args) {
    return Run.of(List.of(line(args))).in(folder).outcome();
  }

  Outcome run(List<String> options, String... words) {
    return Run.of(List.of(runLine(options, words))).in(folder).outcome();
  }

  Path containers() {
    return folder.resolve("store/containers");
  }

  private static String distribution() {
    return Launcher.PODMAN_J.distribution().resolve("bin/podman-j").toString();
  }
}
