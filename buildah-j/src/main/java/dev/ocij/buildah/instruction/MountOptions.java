package dev.ocij.buildah.instruction;

import dev.ocij.buildah.instruction.Mount.Access;
import dev.ocij.buildah.instruction.Mount.Sharing;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The options of one mount after expansion, made into what its type wants.
///
/// @param directory what a relative target is inside
record MountOptions(SourceText flag, Map<String, SourceText> values, String directory) {
  private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");
  private static final Pattern ID = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SIZE =
      Pattern.compile("[0-9]{1,9}[kmg]?b?", Pattern.CASE_INSENSITIVE);

  /// Of mount_namespaces(7); nothing else may pass for it.
  private static final Pattern PROPAGATION =
      Pattern.compile("r?(?:shared|slave|private|unbindable)");

  private static final String UNITS = "kmg";
  private static final int BITS_OF_UNIT = 10;

  Mount bind() {
    var propagation = values.get("bind-propagation");
    if (propagation != null) {
      checked(propagation, "bind-propagation", PROPAGATION);
    }
    return new Mount.Bind(
        target(),
        text("source", "/"),
        value("from"),
        !isOn("readonly", true),
        isOn(MountType.GIVEN, false));
  }

  Mount cache() {
    var sharing = values.get("sharing");
    return new Mount.Cache(
        text("id", target()),
        target(),
        text("source", "/"),
        value("from"),
        !isOn("readonly", false),
        sharing == null ? Sharing.SHARED : Choice.parse(sharing, "sharing", Sharing.class),
        access(0755),
        isOn(MountType.GIVEN, false));
  }

  Mount tmpfs() {
    return new Mount.Tmpfs(target(), size(), mode(01777));
  }

  Mount secret() {
    var env = value("env");
    var given = value("target");
    var id = text("id", text("source", given == null ? "" : lastComponent(given)));
    if (id.isEmpty()) {
      throw missing("id");
    }
    var target = given == null ? (env == null ? "/run/secrets/" + id : null) : absolute(given);
    return new Mount.Secret(id, target, env, isOn("required", false), access(0400));
  }

  Mount ssh() {
    var given = value("target");
    return new Mount.Ssh(
        text("id", "default"),
        given == null ? null : absolute(given),
        isOn("required", false),
        access(0600));
  }

  private Access access(int mode) {
    return new Access(mode(mode), id("uid"), id("gid"));
  }

  private String target() {
    var target = value("target");
    if (target == null || target.isEmpty()) {
      throw missing("target");
    }
    var absolute = absolute(target);
    if (absolute.equals("/")) {
      throw flag.error("mount on /", "name a place below the root as its target");
    }
    return absolute;
  }

  private String absolute(String path) {
    return AbsolutePath.of(directory, path);
  }

  private int mode(int otherwise) {
    var text = values.get("mode");
    return text == null ? otherwise : Integer.parseInt(checked(text, "mode", OCTAL), 8);
  }

  private long id(String key) {
    var text = values.get(key);
    return text == null ? 0 : Long.parseLong(checked(text, key, ID));
  }

  private long size() {
    var text = values.get("size");
    if (text == null) {
      return 0;
    }
    var digits = checked(text, "size", SIZE).toLowerCase(Locale.ROOT).replace("b", "");
    int unit = UNITS.indexOf(digits.charAt(digits.length() - 1)) + 1;
    return Long.parseLong(unit == 0 ? digits : digits.substring(0, digits.length() - 1))
        << (unit * BITS_OF_UNIT);
  }

  private static String checked(SourceText text, String key, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw text.error("invalid %s %s".formatted(key, Quoted.of(text.toString())));
    }
    return text.toString();
  }

  private boolean isOn(String key, boolean otherwise) {
    return Boolean.parseBoolean(text(key, Boolean.toString(otherwise)));
  }

  private String text(String key, String otherwise) {
    var text = value(key);
    return text == null ? otherwise : text;
  }

  private @Nullable String value(String key) {
    var value = values.get(key);
    return value == null ? null : value.toString();
  }

  private static String lastComponent(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private ContainerfileException missing(String option) {
    return flag.error("mount without " + option, "add %s=…".formatted(option));
  }
}
