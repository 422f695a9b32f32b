package dev.ocij.buildah.run;

import dev.ocij.runtime.Mount;
import dev.ocij.runtime.rootless.Propagation;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A mount as `--mount` or `--tmpfs` describes it.
///
/// @param options of a volume as `--volume` has them, of a tmpfs as mount(8) has them
public record MountText(
    String type, @Nullable String source, String destination, List<String> options) {
  private static final String SUBPATH = "subpath=";
  private static final List<String> TMPFS = List.of("rw", "nosuid", "nodev", "mode=1777");

  /// `type=TYPE,src=SOURCE,dst=DIR,…`; without a type it is a volume.
  public static MountText parse(String text) {
    var type = "volume";
    String source = null;
    String destination = null;
    var options = new ArrayList<String>();
    for (var field : fields(text)) {
      var value = field.length == 2 ? field[1] : "true";
      switch (field[0]) {
        case "type" -> type = value;
        case "source", "src" -> source = value;
        case "destination", "dst", "target" -> destination = value;
        case "ro", "readonly" -> options.add(value.equals("true") ? "ro" : "rw");
        case "rw" -> options.add(value.equals("true") ? "rw" : "ro");
        case "U", "chown" -> add(options, value, "U");
        case "bind-propagation" -> options.add(propagation(value));
        case "relabel" -> options.add(value.equals("private") ? "Z" : "z");
        case "bind-nonrecursive" -> add(options, value, "bind");
        case "nocopy", "noexec", "nosuid", "nodev", "exec", "suid", "dev" ->
            add(options, value, field[0]);
        case "tmpfs-size" -> options.add("size=" + size(value));
        case "tmpfs-mode" -> options.add("mode=" + value);
        case "subpath" -> options.add(SUBPATH + value);
        case "tmpcopyup", "notmpcopyup", "consistency" -> {}
        default ->
            throw usage(
                "invalid mount option %s in %s".formatted(Quoted.of(field[0]), Quoted.of(text)));
      }
    }
    return checked(new MountText(type, source, String.valueOf(destination), options), text);
  }

  /// `DIR[:OPTION,…]` of --tmpfs.
  public static Mount tmpfs(String text) {
    int colon = text.indexOf(':');
    var options = new ArrayList<>(TMPFS);
    if (colon >= 0) {
      options.addAll(List.of(text.substring(colon + 1).split(",")));
    }
    return new Mount(
        absolute(colon < 0 ? text : text.substring(0, colon)), "tmpfs", "tmpfs", options);
  }

  public boolean isImage() {
    return type.equals("image");
  }

  public ImageMount image() {
    var subpaths = options.stream().filter(option -> option.startsWith(SUBPATH)).toList();
    return new ImageMount(
        String.valueOf(source),
        absolute(destination),
        options.contains("rw"),
        subpaths.isEmpty() ? "" : subpaths.getLast().substring(SUBPATH.length()));
  }

  public boolean isTmpfs() {
    return type.equals("tmpfs");
  }

  public Mount mount() {
    var all = new ArrayList<>(TMPFS);
    all.addAll(options.stream().filter(option -> !option.equals("U")).toList());
    return new Mount(absolute(destination), "tmpfs", "tmpfs", all);
  }

  /// A bind mount names a path, even where that looks like the name of a volume.
  public VolumeMount volume() {
    var from =
        type.equals("bind") && source != null && !source.contains("/") ? "./" + source : source;
    return new VolumeMount(from, destination, options);
  }

  private static MountText checked(MountText mount, String text) {
    switch (mount.type) {
      case "volume", "tmpfs" -> {}
      case "bind", "image" -> {
        if (mount.source == null) {
          throw usage(
              "must set a source for %s mount: %s"
                  .formatted(mount.isImage() ? "an image" : "a bind", Quoted.of(text)));
        }
      }
      case "glob", "devpts", "ramfs", "artifact" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "--mount type=%s is not implemented yet: bind, volume, tmpfs and image are"
                  .formatted(mount.type));
      default -> throw usage("invalid filesystem type " + Quoted.of(mount.type));
    }
    if (mount.destination.equals("null")) {
      throw usage("must set a destination for a mount: " + Quoted.of(text));
    }
    for (var option : mount.options) {
      boolean fits =
          mount.isImage()
              ? option.equals("ro") || option.equals("rw") || option.startsWith(SUBPATH)
              : !option.startsWith(SUBPATH);
      if (!fits) {
        throw usage("invalid option %s of type=%s".formatted(Quoted.of(option), mount.type));
      }
    }
    return mount;
  }

  private static String absolute(String path) {
    if (!path.startsWith("/")) {
      throw usage("invalid container path %s: it must be absolute".formatted(Quoted.of(path)));
    }
    return path;
  }

  private static String propagation(String value) {
    if (!Propagation.isOne(value)) {
      throw usage(
          "invalid bind-propagation %s: expected [r]shared, [r]slave, [r]private or [r]unbindable"
              .formatted(Quoted.of(value)));
    }
    return value;
  }

  private static void add(List<String> options, String value, String option) {
    if (value.equals("true")) {
      options.add(option);
    }
  }

  /// A size as mount options have it: a number and `k`, `m` or `g`.
  public static String size(String text) {
    var lower = text.toLowerCase(Locale.ROOT).replaceFirst("b$", "");
    if (!lower.matches("[0-9]+[kmg]?")) {
      throw usage("invalid size %s: expected a number and b, k, m or g".formatted(Quoted.of(text)));
    }
    return lower;
  }

  /// The first of them is the key, the others options with or without a value.
  private static List<String[]> fields(String text) {
    return Stream.of(text.split(",")).map(field -> field.split("=", 2)).toList();
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
