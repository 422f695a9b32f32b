package dev.ocij.buildah.cli;

import dev.ocij.buildah.instruction.MountFlag;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.buildah.run.MountText;
import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What `run` shows of the host, of images, of caches, and memory.
final class MountFlags {
  private final Supplier<List<String>> volumes;
  private final Supplier<List<String>> mounts;
  private final Supplier<Optional<String>> contextDir;

  MountFlags(Options options) {
    volumes = options.texts("-v, --volume", "DIR:DIR[:OPTIONS]", "a part of the host");
    mounts = options.texts("--mount", "type=TYPE,…", "a bind, cache or tmpfs mount");
    contextDir = options.text("--contextdir", "DIR", "where sources of bind mounts are");
  }

  /// Those of type tmpfs.
  Stream<Mount> memory() {
    return ofHost().filter(MountText::isTmpfs).map(MountText::mount);
  }

  /// Parts of the host.
  ///
  /// @param before what was asked for when the container was made, as `--volume` has it
  List<VolumeMount> volumes(List<String> before) {
    return Stream.concat(
            Stream.concat(before.stream(), volumes.get().stream())
                .map(VolumeMount::parse)
                .map(MountFlags::checked),
            ofHost().filter(text -> !text.isTmpfs()).map(this::bound))
        .toList();
  }

  /// Caches, and files of images.
  ///
  /// @param directory what a relative target is inside
  List<RunMount> made(String directory) {
    return mounts.get().stream()
        .filter(MountFlags::isMade)
        .map(text -> MountFlag.given(text, directory))
        .map(MountFlags::withOrigin)
        .toList();
  }

  private static RunMount withOrigin(dev.ocij.buildah.instruction.Mount mount) {
    var from =
        switch (mount) {
          case dev.ocij.buildah.instruction.Mount.Bind bind -> bind.from();
          case dev.ocij.buildah.instruction.Mount.Cache cache -> cache.from();
          default -> null;
        };
    return new RunMount(mount, from == null ? new Origin.Scratch() : new Origin.OfImage(from, ""));
  }

  private static boolean isMade(String text) {
    return Stream.of(text.split(","))
        .anyMatch(field -> field.equals("type=cache") || field.startsWith("from="));
  }

  private Stream<MountText> ofHost() {
    return mounts.get().stream().filter(text -> !isMade(text)).map(MountText::parse);
  }

  /// As in a build: nothing that the command does reaches the source. It sees what it writes where
  /// it asks for that, until it ends.
  private VolumeMount bound(MountText text) {
    var volume = inContext(checked(text.volume()));
    var options = Stream.of(text.options().contains("rw") ? "O" : "ro");
    var others = text.options().stream().filter(option -> !option.matches("r[ow]"));
    return new VolumeMount(
        volume.source(), volume.destination(), Stream.concat(options, others).toList());
  }

  /// There are no volumes by name, only the host's directories.
  private static VolumeMount checked(VolumeMount volume) {
    if (!volume.isOfHost()) {
      throw new OciException(
          OciException.Category.USAGE,
          "mount on %s: expected a directory of the host, as in /data:/data"
              .formatted(Quoted.of(volume.destination())));
    }
    return volume;
  }

  private VolumeMount inContext(VolumeMount volume) {
    var source = volume.source();
    if (contextDir.get().isEmpty() || source == null) {
      return volume;
    }
    var context = Path.of(contextDir.get().get()).toAbsolutePath().normalize();
    var inside = context.resolve("./" + source).normalize();
    if (!inside.startsWith(context)) {
      throw OrderedArguments.usage(
          "mount on %s: %s is not in %s"
              .formatted(Quoted.of(volume.destination()), Quoted.of(source), context));
    }
    return new VolumeMount(inside.toString(), volume.destination(), volume.options());
  }
}
