package dev.ocij.buildah.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.linux.Directory;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A secret that a container gets, as `--secret` asks for it. The container keeps its own copy.
///
/// @param variable whether it is a variable of the environment, else a file
/// @param target the name of the variable, or the absolute path of the file
/// @param uid the owner of the file, as the container calls them
/// @param mode the permissions of the file
public record GivenSecret(
    boolean variable, String target, int uid, int gid, int mode, byte[] content) {
  private static final Set<String> KEYS = Set.of("source", "type", "target", "uid", "gid", "mode");
  private static final String FOLDER = "/run/secrets/";
  private static final int WORLD_READABLE = 0444;

  /// `NAME[,type=mount|env][,target=…][,uid=…][,gid=…][,mode=…]`, or `source=NAME,…`.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is no such secret
  public static GivenSecret parse(String text, Secrets secrets) throws IOException {
    var fields = fields(text);
    var name = fields.getOrDefault("source", "");
    var secret = secrets.require(name);
    var type = fields.getOrDefault("type", "mount");
    if (!type.equals("mount") && !type.equals("env")) {
      throw usage("type %s is invalid: expected mount or env".formatted(Quoted.of(type)));
    }
    boolean variable = type.equals("env");
    if (variable && (fields.containsKey("uid") || fields.containsKey("mode"))) {
      throw usage("UID, GID, Mode options cannot be set with secret type env");
    }
    var target = fields.getOrDefault("target", secret.name());
    return new GivenSecret(
        variable,
        variable || target.startsWith("/") ? target : FOLDER + target,
        number(fields, "uid", 0, 10),
        number(fields, "gid", 0, 10),
        number(fields, "mode", WORLD_READABLE, 8),
        secrets.content(secret));
  }

  private static Map<String, String> fields(String text) {
    var fields = new LinkedHashMap<String, String>();
    for (var each : Arrays.asList(text.split(",", -1))) {
      int equals = each.indexOf('=');
      if (equals < 0 && fields.isEmpty()) {
        fields.put("source", each);
      } else if (equals < 0 || !KEYS.contains(each.substring(0, equals))) {
        throw usage("secret option %s is invalid".formatted(Quoted.of(each)));
      } else {
        fields.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return fields;
  }

  private static int number(Map<String, String> fields, String key, int usual, int radix) {
    var value = fields.get(key);
    try {
      return value == null ? usual : Integer.parseUnsignedInt(value, radix);
    } catch (NumberFormatException _) {
      throw usage("secret option %s=%s: it is no number".formatted(key, Quoted.escape(value)));
    }
  }

  /// `NAME=value`
  String assignment() {
    return target + "=" + new String(content, UTF_8);
  }

  /// Writes the file and tells how it gets into the container.
  ///
  /// @param folder of the container
  /// @param ids the container's own; null for those of this process
  Mount mount(Path folder, @Nullable IdMaps ids) throws IOException {
    var file = Files.createTempFile(folder, "secret-", ""); // for its owner alone
    Files.write(file, content);
    try (var directory = Directory.open(folder)) {
      var name = String.valueOf(file.getFileName());
      if (ids != null || uid != 0 || gid != 0) {
        directory.setOwner(
            name, ids == null ? uid : ids.uid(uid), ids == null ? gid : ids.gid(gid));
      }
      directory.setMode(name, mode);
    }
    return Mount.bind(file.toString(), target, "rprivate", "nosuid", "nodev", "noexec");
  }

  private static OciException usage(String sentence) {
    return new OciException(Category.USAGE, sentence);
  }
}
