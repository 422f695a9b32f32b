package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// A volume of a pod, whichever of its containers see it.
sealed interface PodVolume {
  /// What the pod calls it.
  String name();

  /// What `--volume` begins with.
  String source();

  /// Whether nothing in it can be changed, wherever it is mounted.
  default boolean readOnly() {
    return false;
  }

  /// Makes what is to be there before a container is made.
  ///
  /// @throws OciException where something is not there, or is something else
  void prepare(Pod pod, Volumes volumes) throws IOException;

  /// Without a source it is an empty folder.
  static PodVolume from(FieldReader volume) {
    var name = volume.required("name");
    if (volume.has("hostPath")) {
      return volume.requiredObject("hostPath", path -> Host.from(name, path));
    }
    return volume.has("persistentVolumeClaim")
        ? volume.requiredObject("persistentVolumeClaim", claim -> Claim.from(name, claim))
        : new Empty(name, ContainerNames.newId());
  }

  /// A part of this machine.
  ///
  /// @param type what it is to be; empty for anything that is there
  record Host(String name, String source, String type) implements PodVolume {
    private static final String FOLDER_MODE = "rwxr-xr-x";

    static Host from(String name, FieldReader path) {
      var source = path.required("path");
      if (!source.startsWith("/") || source.contains(":")) {
        throw invalid(name, source, "expected an absolute path without a colon");
      }
      var type = Objects.requireNonNullElse(path.text("type"), "");
      switch (type) {
        case "", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket" -> {}
        default ->
            throw invalid(
                name, source, "the type %s is not implemented yet".formatted(Quoted.of(type)));
      }
      return new Host(name, source, type);
    }

    @Override
    public void prepare(Pod pod, Volumes volumes) {
      var path = Path.of(source);
      try {
        if (type.endsWith("OrCreate") && !Files.exists(path)) {
          make(path);
        }
      } catch (IOException e) {
        throw new OciException(
            OciException.Category.IMPOSSIBLE, "make %s: %s".formatted(source, Reason.of(e)), e);
      }
      boolean fits =
          switch (type.replace("OrCreate", "")) {
            case "Directory" -> Files.isDirectory(path);
            case "File" -> Files.isRegularFile(path);
            default -> Files.exists(path);
          };
      if (!fits) {
        throw invalid(name, source, type.isEmpty() ? "there is nothing" : "there is no " + type);
      }
    }

    private void make(Path path) throws IOException {
      if (type.startsWith("File")) {
        Files.createFile(path);
      } else {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(FOLDER_MODE));
      }
    }

    private static OciException invalid(String name, String source, String found) {
      return new OciException(
          OciException.Category.USAGE,
          "volume %s: hostPath %s: %s".formatted(Quoted.of(name), Quoted.of(source), found));
    }
  }

  /// A volume of the store, which stays when the pod goes.
  record Claim(String name, String source, boolean readOnly) implements PodVolume {
    static Claim from(String name, FieldReader claim) {
      return new Claim(
          name, ContainerNames.check(claim.required("claimName")), claim.flag("readOnly"));
    }

    @Override
    public void prepare(Pod pod, Volumes volumes) {
      // The first container that sees it makes it, and fills it from its image.
    }
  }

  /// An empty folder that is the pod's own and goes with it.
  record Empty(String name, String source) implements PodVolume {
    /// Containers of the pod may be of different users.
    private static final String FOR_ALL = "rwxrwxrwx";

    @Override
    public void prepare(Pod pod, Volumes volumes) throws IOException {
      volumes.create(Volume.of(source, pod));
      Files.setPosixFilePermissions(
          volumes.content(source), PosixFilePermissions.fromString(FOR_ALL));
    }
  }
}
