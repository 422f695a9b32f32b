package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mount as `--mount` or `--tmpfs` describes it.
///
/// @param options of a volume as `--volume` has them, of a tmpfs as mount(8) has them
record MountText(String type, @Nullable String source, String destination, List<String> options) {
  private static final List<String> TMPFS = List.of("rw", "nosuid", "nodev", "mode=1777");

  /// `type=TYPE,src=SOURCE,dst=DIR,…`; without a type it is a volume.
  static MountText parse(String text) {
    var type = "volume";
    String source = null;
    String destination = null;
    var options = new ArrayList<String>();
    for (var field : Values.fields(text)) {
      var value = field.length == 2 ? field[1] : "true";
      switch (field[0]) {
        case "type" -> type = value;
        case "source", "src" -> source = value;
        case "destination", "dst", "target" -> destination = value;
        case "ro", "readonly" -> options.add(value.equals("true") ? "ro" : "rw");
        case "rw" -> options.add(value.equals("true") ? "rw" : "ro");
        case "U", "chown" -> add(options, value, "U");
        case "bind-propagation" -> options.add(value);
        case "relabel" -> options.add(value.equals("private") ? "Z" : "z");
        case "bind-nonrecursive" -> add(options, value, "bind");
        case "nocopy", "noexec", "nosuid", "nodev", "exec", "suid", "dev" ->
            add(options, value, field[0]);
        case "tmpfs-size" -> options.add("size=" + Values.size(value));
        case "tmpfs-mode" -> options.add("mode=" + value);
        case "tmpcopyup", "notmpcopyup", "consistency" -> {}
        default ->
            throw Values.usage(
                "invalid mount option %s in %s".formatted(Quoted.of(field[0]), Quoted.of(text)));
      }
    }
    return checked(new MountText(type, source, String.valueOf(destination), options), text);
  }

  /// `DIR[:OPTION,…]` of --tmpfs.
  static Mount tmpfs(String text) {
    int colon = text.indexOf(':');
    var options = new ArrayList<>(TMPFS);
    if (colon >= 0) {
      options.addAll(List.of(text.substring(colon + 1).split(",")));
    }
    return new Mount(
        absolute(colon < 0 ? text : text.substring(0, colon)), "tmpfs", "tmpfs", options);
  }

  boolean isTmpfs() {
    return type.equals("tmpfs");
  }

  Mount mount() {
    var all = new ArrayList<>(TMPFS);
    all.addAll(options.stream().filter(option -> !option.equals("U")).toList());
    return new Mount(absolute(destination), "tmpfs", "tmpfs", all);
  }

  /// A bind mount names a path, even where that looks like the name of a volume.
  VolumeMount volume() {
    var from =
        type.equals("bind") && source != null && !source.contains("/") ? "./" + source : source;
    return new VolumeMount(from, destination, options);
  }

  private static MountText checked(MountText mount, String text) {
    switch (mount.type) {
      case "volume", "tmpfs" -> {}
      case "bind" -> {
        if (mount.source == null) {
          throw Values.usage("must set a source for a bind mount: " + Quoted.of(text));
        }
      }
      case "image", "glob", "devpts", "ramfs", "artifact" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "--mount type=%s is not implemented yet: bind, volume and tmpfs are"
                  .formatted(mount.type));
      default -> throw Values.usage("invalid filesystem type " + Quoted.of(mount.type));
    }
    if (mount.destination.equals("null")) {
      throw Values.usage("must set a destination for a mount: " + Quoted.of(text));
    }
    return mount;
  }

  private static String absolute(String path) {
    if (!path.startsWith("/")) {
      throw Values.usage(
          "invalid container path %s: it must be absolute".formatted(Quoted.of(path)));
    }
    return path;
  }

  private static void add(List<String> options, String value, String option) {
    if (value.equals("true")) {
      options.add(option);
    }
  }
}
