package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The flags of one instruction, each of a known name and used as often as it may be.
record Flags(Map<String, List<SourceText>> values) {
  /// What an instruction without flags allows.
  static final Known NONE = new Known(Map.of());

  private static final int MARK = 2;

  /// How a flag may be used.
  enum Use {
    /// Once, with a value.
    ONCE,
    /// Any number of times, each with a value.
    REPEATED,
    /// Once; alone it means true.
    SWITCH
  }

  /// The flags that an instruction knows.
  record Known(Map<String, Use> uses) {
    Known with(Use use, String... names) {
      var more = new LinkedHashMap<>(uses);
      for (var name : names) {
        more.put(name, use);
      }
      return new Known(more);
    }

    /// The flags of this statement, all of which must be known.
    Flags check(Statement statement) {
      var parts = statement.flags().stream().collect(Collectors.groupingBy(Flags::name));
      parts.forEach((name, flags) -> check(statement, name, flags));
      return new Flags(parts);
    }

    private void check(Statement statement, String name, List<SourceText> flags) {
      var use = uses.get(name);
      if (use == null) {
        throw flags
            .getFirst()
            .error(
                "unknown flag %s of %s".formatted(Quoted.of("--" + name), statement.name()),
                uses.isEmpty()
                    ? "put -- before what is no flag"
                    : Closest.suggestion(
                        "--" + name, uses.keySet().stream().map(f -> "--" + f).toList()));
      }
      if (use != Use.REPEATED && flags.size() > 1) {
        throw flags.getLast().error("flag --%s stands twice".formatted(name), "keep one");
      }
      if (use != Use.SWITCH) {
        flags.forEach(Flags::requireValue);
      }
    }
  }

  /// The value of a flag that may be there once.
  @Nullable SourceText text(String name) {
    return first(name).map(Flags::value).orElse(null);
  }

  List<SourceText> texts(String name) {
    return values.getOrDefault(name, List.of()).stream().map(Flags::value).toList();
  }

  boolean isOn(String name) {
    return Boolean.TRUE.equals(choice(name));
  }

  /// What a switch says; null where it does not stand.
  @Nullable Boolean choice(String name) {
    return first(name).map(Flags::truth).orElse(null);
  }

  private Optional<SourceText> first(String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static Boolean truth(SourceText flag) {
    int equals = flag.toString().indexOf('=');
    if (equals < 0) {
      return true;
    }
    var value = flag.substring(equals + 1);
    return Truth.parse(value, flag.toString().substring(0, equals));
  }

  private static void requireValue(SourceText flag) {
    if (!flag.contains("=") || value(flag).isEmpty()) {
      throw flag.error(
          "flag %s without a value".formatted(Quoted.of(flag.toString())),
          "expected --%s=VALUE".formatted(name(flag)));
    }
  }

  private static String name(SourceText flag) {
    var text = flag.toString();
    int equals = text.indexOf('=');
    return text.substring(MARK, equals < 0 ? text.length() : equals);
  }

  private static SourceText value(SourceText flag) {
    return flag.substring(flag.toString().indexOf('=') + 1);
  }
}
