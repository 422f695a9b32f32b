package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `inspect NAME…`: everything about things, as JSON. Of one kind it is a command of that kind's
/// family, `image inspect`.
public final class InspectCommand implements Command {
  private static final int INDENT = 5;

  private final Options options = Options.of(this, "Show everything about things, as JSON.");
  private final Supplier<List<String>> names = options.arguments("NAME", 0, "names or ids");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "TEMPLATE", "print this of each");
  private final Supplier<Optional<String>> type;
  private final BooleanSupplier all;
  private final BooleanSupplier latest;
  private final BooleanSupplier pretty;
  private final String template;
  private final List<InspectedKind> kinds;

  /// @param kinds in the order in which they are asked
  public InspectCommand(List<InspectedKind> kinds) {
    this(kinds, "");
  }

  /// Of one kind, which `--pretty` prints by a template.
  public static InspectCommand pretty(InspectedKind kind, String template) {
    return new InspectCommand(List.of(kind), template);
  }

  private InspectCommand(List<InspectedKind> kinds, String template) {
    this.template = template;
    this.pretty =
        template.isEmpty() ? () -> false : options.flag("--pretty", "print them to be read");
    this.kinds = List.copyOf(kinds);
    this.type =
        kinds.size() == 1
            ? Optional::empty
            : options.text("-t, --type", "TYPE", "only of this kind: container, image, …");
    var only = kinds.size() == 1 ? kinds.getFirst().type() : "";
    this.all = only.equals("volume") ? options.flag("-a, --all", "all there are") : () -> false;
    this.latest =
        List.of("", "container", "pod").contains(only)
            ? options.flag("-l, --latest", "the one that was made last")
            : () -> false;
    options.flag("-s, --size", "accepted; sizes are always told where they are known");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var asked = asked();
    var found = new ArrayList<Found>();
    var failures = new Failures();
    for (var name : named(asked)) {
      find(asked, name).ifPresentOrElse(found::add, () -> failures.add(missing(asked, name)));
    }
    print(found);
    if (!failures.all().isEmpty()) {
      options.out().flush();
      options.err().println("Error: " + failures.sentence());
      return ExitCode.TOOL_FAILED;
    }
    return ExitCode.OK;
  }

  private List<String> named(List<InspectedKind> asked) throws IOException {
    if (all.getAsBoolean()) {
      return asked.getFirst().all();
    }
    if (latest.getAsBoolean()) {
      return asked.getFirst().all().stream().limit(1).toList();
    }
    if (names.get().isEmpty()) {
      throw Values.usage("no names or ids specified");
    }
    return names.get();
  }

  private List<InspectedKind> asked() {
    var wanted = type.get().orElse("all");
    if (wanted.equals("all") || wanted.isEmpty()) {
      return kinds;
    }
    var chosen = kinds.stream().filter(kind -> kind.type().equals(wanted)).toList();
    if (chosen.isEmpty()) {
      throw Values.usage(
          "invalid --type %s: expected all or one of %s"
              .formatted(
                  Quoted.of(wanted),
                  String.join(", ", kinds.stream().map(InspectedKind::type).toList())));
    }
    return chosen;
  }

  /// @param json what is told of it
  private record Found(InspectedKind kind, JsonNode json) {
    /// A template may ask for a field that JSON leaves out where it is empty.
    String by(GoTemplate template) {
      try {
        return template.render(json);
      } catch (OciException _) {
        return template.render(kind.whole(json));
      }
    }
  }

  private static Optional<Found> find(List<InspectedKind> kinds, String name) throws IOException {
    for (var kind : kinds) {
      var found = kind.find(name);
      if (found.isPresent()) {
        return Optional.of(new Found(kind, found.get()));
      }
    }
    return Optional.empty();
  }

  private static OciException missing(List<InspectedKind> asked, String name) {
    var sentence =
        asked.size() == 1
            ? asked.getFirst().missing(name)
            : "no such object: \"%s\"".formatted(Quoted.escape(name));
    return new OciException(OciException.Category.NOT_FOUND, sentence);
  }

  private void print(List<Found> found) {
    if (pretty.getAsBoolean()) {
      var written = GoTemplate.parse(template);
      found.forEach(each -> options.out().println(each.by(written)));
      return;
    }
    if (format.get().isEmpty() || format.get().get().equals("json")) {
      var all = Json.array();
      found.forEach(each -> all.add(each.json()));
      options.out().println(GoJson.indented(all, INDENT));
      return;
    }
    var template = GoTemplate.parse(format.get().get().replace("\\t", "\t").replace("\\n", "\n"));
    found.forEach(each -> options.out().println(each.by(template)));
  }
}
