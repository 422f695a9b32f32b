package dev.ocij.buildah.run;

import dev.ocij.buildah.base.Pull;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes pods: a description, and the infra container, which nobody has started.
///
/// @param containers makes the infra container, from no image
public record PodCreation(Store store, ContainerCreation containers) {
  private static final String PROGRAM = "pause";
  private static final int SHARED = 01777;
  private static final int STOP_TIMEOUT = 10;
  private static final List<String> MOUNT_POINTS = List.of("proc", "sys", "dev", "etc", "run");
  private static final List<String> FILES = List.of("etc/hosts", "etc/hostname", "etc/resolv.conf");

  public Pod create(PodRequest request) throws IOException {
    var pods = new Pods(store);
    var id = ContainerNames.newId();
    var name = name(pods, request);
    var hostname = request.hostname() == null ? name : request.hostname();
    var pod = pod(request, id, name, hostname, null);
    if (!request.infra()) {
      pods.add(pod);
      return pod;
    }
    var infra = infra(request, pod);
    boolean added = false;
    try {
      var complete = pod(request, id, name, hostname, infra.state().id());
      pods.add(complete);
      added = true;
      return complete;
    } finally {
      if (!added) {
        new Containers(store).discard(infra);
      }
      infra.close();
    }
  }

  private static String name(Pods pods, PodRequest request) throws IOException {
    var taken = pods.list().stream().map(Pod::name).toList();
    if (request.name() == null) {
      return ContainerNames.generate(taken::contains);
    }
    if (taken.contains(request.name())) {
      throw Pods.taken(request.name());
    }
    return ContainerNames.check(request.name());
  }

  private static Pod pod(
      PodRequest request, String id, String name, String hostname, @Nullable String infra) {
    return new Pod(
        id,
        name,
        Instant.now(),
        request.labels(),
        hostname,
        infra,
        request.infra() ? shared(request) : List.of(),
        request.network(),
        request.exitPolicy(),
        request.defaults(),
        request.createCommand());
  }

  private static List<String> shared(PodRequest request) {
    return request.mapsIds()
        ? Stream.concat(request.shared().stream(), Stream.of(PodMember.USERS)).toList()
        : request.shared();
  }

  private ContainerFolder infra(PodRequest request, Pod pod) throws IOException {
    var name =
        request.infraName() == null ? pod.id().substring(0, 12) + "-infra" : request.infraName();
    var folder = containers.create(runRequest(request, pod, name, rootfs())).folder();
    folder.write(folder.state().in(ContainerState.Status.CREATED));
    // Shared memory of the pod: a folder, for no mount is seen by all of its containers.
    var shm = Files.createDirectory(shm(folder.directory()));
    Files.setAttribute(shm, "unix:mode", SHARED);
    return folder;
  }

  static Path shm(Path infra) {
    return infra.resolve("shm");
  }

  private static RunRequest runRequest(PodRequest request, Pod pod, String name, Path rootfs) {
    var container =
        ContainerRequest.of(List.of())
            .with(draft -> {
              draft.network = pod.shares("net") ? pod.network() : "none";
              draft.ids = request.ids();
              draft.readOnly = true;
              draft.noNewPrivileges = true;
              draft.dropCapabilities = List.of("ALL");
              draft.annotations =
                  draft.network.equals("private")
                      ? ContainerNetwork.annotations(request.network(), request.ports())
                      : Map.of();
            });
    return new RunRequest(
        rootfs.toString(),
        true,
        Optional.of(List.of("/" + PROGRAM)),
        List.of(),
        Pull.parse("never"),
        Platform.host(),
        new RunRequest.Identity(name, false, false, false, null, Map.of(), "SIGTERM", STOP_TIMEOUT),
        container,
        List.of(),
        List.of(),
        List.of(),
        ImageVolumes.IGNORE,
        new RunRequest.Names(
            pod.hostname(),
            false,
            true,
            true,
            null,
            List.of(),
            true,
            List.of(),
            List.of(),
            List.of()),
        new RunRequest.Accounting(false, null, null),
        new RunRequest.Attachment(false, false, false, false, 0),
        new RunRequest.Life(
            "none",
            null,
            "no",
            0,
            null,
            request.monitorFile(),
            null,
            request.createCommand(),
            _ -> null,
            "none"),
        null,
        pod.member(true),
        request.automaticIds(),
        null,
        List.of(),
        NamespaceModes.USUAL);
  }

  /// What all infra containers run in, with nothing but their program.
  private Path rootfs() throws IOException {
    var rootfs = store.pods().resolve("rootfs");
    var program = rootfs.resolve(PROGRAM);
    for (var point : MOUNT_POINTS) {
      Files.createDirectories(rootfs.resolve(point));
    }
    // Whom ids of its own make a root there may make nothing in it.
    for (var point : FILES) {
      if (!Files.exists(rootfs.resolve(point))) {
        Files.createFile(rootfs.resolve(point));
      }
    }
    if (!Files.exists(program)) {
      var pending = Files.createTempFile(store.pods(), PROGRAM, "");
      Files.write(pending, PauseProgram.here().file());
      Files.setPosixFilePermissions(pending, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(pending, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return rootfs;
  }
}
