package dev.ocij.buildah.instruction;

import dev.ocij.buildah.instruction.Fields.Field;
import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceFile;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A `RUN --mount` whose options are known ones, and whose values may still hold variables.
///
/// @param options by their main names
public record MountFlag(SourceText text, MountType type, Map<String, SourceText> options) {
  /// In place of the working directory, which is not known yet.
  private static final String ANY_DIRECTORY = "/directory";

  private static final Set<String> WRITING = Set.of("rw", "readwrite");

  /// One of a command line, whose values are what they are.
  ///
  /// @param directory what a relative target is inside
  public static Mount given(String text, String directory) {
    var read = SourceText.of(new SourceFile("--mount", text), 0, text.length());
    return parse(read).mount(directory, SourceText::toString);
  }

  static MountFlag parse(SourceText text) {
    var fields = Fields.split(text);
    var type = MountType.BIND;
    for (var field : fields) {
      if (field.key().equals("type")) {
        type = Choice.parse(field.value(), "type of mount", MountType.class);
      }
    }
    var options = new LinkedHashMap<String, SourceText>();
    for (var field : fields) {
      if (!field.key().equals("type")) {
        put(options, type, field);
      }
    }
    var flag = new MountFlag(text, type, options);
    if (Expansion.isConstant(text)) {
      flag.mount(ANY_DIRECTORY, SourceText::toString);
    }
    return flag;
  }

  /// The stage, image or named context that the mount's content comes from; null for none.
  public @Nullable SourceText from() {
    return options.get("from");
  }

  /// The mount with its values expanded.
  ///
  /// @param directory what a relative target is inside
  public Mount mount(String directory, Function<SourceText, String> expansion) {
    var values = new LinkedHashMap<String, SourceText>();
    options.forEach((key, value) -> values.put(key, value.meaning(expansion.apply(value))));
    return type.mount(new MountOptions(text, values, directory));
  }

  private static void put(Map<String, SourceText> options, MountType type, Field field) {
    var name =
        switch (field.key()) {
          case "dst", "destination" -> "target";
          case "src" -> "source";
          case "ro", "rw", "readwrite" -> "readonly";
          case "tmpfs-size" -> "size";
          case "tmpfs-mode" -> "mode";
          default -> field.key();
        };
    if (!type.options().contains(name)) {
      throw field
          .text()
          .error(
              "unknown option %s of a %s mount"
                  .formatted(Quoted.of(field.key()), Choice.word(type)),
              Closest.suggestion(field.key(), type.options()));
    }
    if (options.put(name, value(field, name)) != null) {
      throw field.text().error("option %s stands twice".formatted(Quoted.of(name)), "keep one");
    }
  }

  private static SourceText value(Field field, String name) {
    return switch (name) {
      case "readonly" -> {
        boolean readOnly = field.truth() == !WRITING.contains(field.key());
        yield field.text().meaning(Boolean.toString(readOnly));
      }
      case "required", "z", "bind-nonrecursive", MountType.GIVEN ->
          field.text().meaning(Boolean.toString(field.truth()));
      default -> field.value();
    };
  }
}
