package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.testing.Busybox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// Containers of a busybox root file system in a folder, and what they say.
final class Busyboxes {
  private final Path folder;
  private final Host host;

  private Busyboxes(Path folder, Host host) {
    this.folder = folder;
    this.host = host;
  }

  static Busyboxes in(Path folder) {
    Busybox.required().writeRootfs(folder.resolve("rootfs"));
    return new Busyboxes(folder, Host.here(new LinuxSyscalls(), Isolation.probe().confinement()));
  }

  Busyboxes on(Host other) {
    return new Busyboxes(folder, other);
  }

  Host host() {
    return host;
  }

  Path rootfs() {
    return folder.resolve("rootfs");
  }

  Runner runner() {
    return new Runner(new LinuxSyscalls(), host);
  }

  Bundle bundle(UnaryOperator<ContainerRequest> request, String... command) {
    var asked = request.apply(ContainerRequest.of(List.of(command)));
    return Bundles.of(folder, rootfs(), ContainerConfig.EMPTY, asked);
  }

  Bundle bundle(String... command) {
    return bundle(UnaryOperator.identity(), command);
  }

  Said run(String... command) {
    return run(bundle(command));
  }

  Said sh(String script) {
    return run("sh", "-c", script);
  }

  Said run(Bundle bundle) {
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    try (var files = OutputFiles.open(out, err)) {
      int status = runner().run(bundle, files.stdio());
      return new Said(status, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bundle with(Bundle bundle, UnaryOperator<RuntimeConfig> change) {
    return new Bundle(
        bundle.directory(), change.apply(bundle.config()), bundle.overlay(), bundle.makesCwd());
  }

  record Said(int status, String out, String err) {}
}
