package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for variables that nothing sets. Those of a stage whose base is not on this machine may be
/// anything.
final class VariableChecks {
  /// With no operator that helps where it is not set.
  private static final Pattern BARE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)(?!:?[-+?]|\\w))");

  private static final String PATH = "PATH";
  private static final String ANYTHING = "x";

  private final Map<String, Set<String>> stages = new HashMap<>();
  private @Nullable Set<String> known;

  /// A stage begins.
  ///
  /// @param image the name of its base
  /// @param environment of that, as in its configuration; empty where nobody knows it
  void begin(From from, String image, Optional<List<String>> environment) {
    var parent = stages.get(image);
    known = parent == null ? names(environment) : new LinkedHashSet<>(parent);
    var name = from.name();
    if (name != null && known != null) {
      stages.put(name, known);
    } else if (name != null) {
      stages.remove(name);
    }
  }

  private static @Nullable Set<String> names(Optional<List<String>> environment) {
    if (environment.isEmpty()) {
      return null;
    }
    var names = new LinkedHashSet<>(List.of(PATH));
    environment.get().forEach(variable -> names.add(variable.split("=", 2)[0]));
    return names;
  }

  /// What an instruction of the stage uses and nothing has set; what it sets is known from then on.
  List<Finding> of(Instruction instruction) {
    if (known == null) {
      return List.of();
    }
    var found = new ArrayList<Finding>();
    if (instruction instanceof Arg arg) {
      for (var declaration : arg.declarations()) {
        var fallback = declaration.fallback();
        found.addAll(unset(instruction, fallback == null ? List.of() : List.of(fallback), known));
        known.add(declaration.name());
      }
      return found;
    }
    found.addAll(unset(instruction, ExpandedTexts.of(instruction), known));
    if (instruction instanceof Env env) {
      env.assignments().forEach(each -> known.add(each.name().toString()));
    }
    return found;
  }

  private static List<Finding> unset(
      Instruction instruction, List<SourceText> texts, Set<String> known) {
    var asked = new LinkedHashSet<String>();
    var expansion =
        new Expansion(
            instruction.written().escape(),
            name -> {
              asked.add(name);
              return ANYTHING;
            });
    var bare = new LinkedHashSet<String>();
    for (var text : texts) {
      expansion.word(text);
      BARE.matcher(text)
          .results()
          .forEach(use -> bare.add(use.group(1) == null ? use.group(2) : use.group(1)));
    }
    asked.retainAll(bare);
    asked.removeAll(known);
    return asked.stream()
        .map(name -> Finding.of(instruction, Rule.UNDEFINED_VAR, sentence(name, known)))
        .toList();
  }

  private static String sentence(String name, Set<String> known) {
    var help = Closest.suggestion(name, List.copyOf(known));
    return "nothing sets %s; %s"
        .formatted(
            Quoted.of(name),
            help.startsWith("did") ? help : "declare it with ARG, or set it with ENV");
  }
}
