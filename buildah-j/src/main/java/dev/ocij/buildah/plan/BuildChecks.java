package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Cmd;
import dev.ocij.buildah.instruction.Command;
import dev.ocij.buildah.instruction.Entrypoint;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.instruction.Expose;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.HealthCheck;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.instruction.Label;
import dev.ocij.buildah.instruction.Maintainer;
import dev.ocij.buildah.instruction.Shell;
import dev.ocij.buildah.instruction.Workdir;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.buildah.text.Position;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks for what a build does as it was told and somebody will regret. The rules have the names
/// that BuildKit gives them.
public final class BuildChecks {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(.*_)?(apikey|auth|credentials?|key|passw(or)?d|pword|secret|token)(_.*)?");
  private static final Pattern PUBLIC = Pattern.compile("(?i).*(public|_file|_path|_id)(_.*)?");

  private final List<Finding> found = new ArrayList<>();
  private final Surroundings surroundings;
  private final FromChecks froms;
  private final VariableChecks variables = new VariableChecks();
  private final SourceChecks sources;
  private final Set<String> once = new HashSet<>();
  private boolean ownShell;
  private boolean inDirectory;
  private boolean inStage;

  private BuildChecks(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.froms = new FromChecks(surroundings);
    this.sources = new SourceChecks(surroundings.ignored());
  }

  /// What was found, in the order of the file, without what its directive leaves out.
  public static List<Finding> of(Containerfile file, Surroundings surroundings) {
    var checks = new BuildChecks(surroundings);
    var instructions = Instruction.parseAll(file);
    checks.checkCase(instructions);
    instructions.forEach(checks::check);
    file.gaps().forEach(checks::addGap);
    var directive = directive(file, surroundings);
    return checks.found.stream()
        .filter(finding -> !directive.skips(finding))
        .sorted(Comparator.comparingInt(finding -> finding.at().offset()))
        .toList();
  }

  /// Whether the file, or the caller in its place, says that a finding ends its build.
  public static boolean areErrors(Containerfile file, Surroundings surroundings) {
    return directive(file, surroundings).error();
  }

  private static CheckDirective directive(Containerfile file, Surroundings surroundings) {
    var given = surroundings.check();
    return CheckDirective.parse(given == null ? file.directives().check() : given);
  }

  private void addGap(Position at) {
    found.add(
        new Finding(
            at, Rule.NO_EMPTY_CONTINUATION, "an empty line inside of an instruction; take it out"));
  }

  private void check(Instruction instruction) {
    if (instruction instanceof From || !inStage) {
      found.addAll(DescriptionChecks.of(instruction));
    }
    found.addAll(sources.of(instruction));
    found.addAll(variables.of(instruction));
    switch (instruction) {
      case From from -> begin(from);
      case Shell _ -> ownShell = true;
      case Maintainer _ ->
          add(
              instruction,
              Rule.MAINTAINER_DEPRECATED,
              "set the label org.opencontainers.image.authors");
      case Cmd cmd -> checkCommand(cmd, cmd.command());
      case Entrypoint entrypoint -> checkCommand(entrypoint, entrypoint.command());
      case HealthCheck _ -> checkOnce(instruction);
      case Workdir workdir -> checkDirectory(workdir);
      case Arg arg -> {
        arg.declarations().forEach(each -> checkSecret(instruction, each.name()));
        if (!inStage) {
          froms.declare(arg);
        }
      }
      case Expose expose -> expose.ports().forEach(port -> checkPort(expose, port.toString()));
      case Env env -> {
        env.assignments().forEach(each -> checkSecret(instruction, each.name().toString()));
        checkForm(instruction);
      }
      case Label _ -> checkForm(instruction);
      default -> {}
    }
  }

  private void begin(From from) {
    once.clear();
    ownShell = false;
    inDirectory = false;
    inStage = true;
    found.addAll(froms.of(from));
    var image = froms.image(from);
    variables.begin(from, image, environment(image));
  }

  /// Of an image, or of nothing; empty where it is not on this machine.
  private Optional<List<String>> environment(String image) {
    return image.equals("scratch")
        ? Optional.of(List.of())
        : surroundings.bases().apply(image).map(config -> config.config().env());
  }

  private void checkCommand(Instruction instruction, Command command) {
    checkOnce(instruction);
    if (command instanceof Command.Line && !ownShell) {
      add(
          instruction,
          Rule.JSON_ARGS_RECOMMENDED,
          "the shell gets the signals and the program none; write it as a JSON array");
    }
  }

  private void checkOnce(Instruction instruction) {
    if (!once.add(keyword(instruction).toUpperCase(Locale.ROOT))) {
      add(
          instruction,
          Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
          "only the last one of a stage counts");
    }
  }

  private void checkDirectory(Workdir workdir) {
    var path = workdir.path().toString();
    boolean absolute = path.startsWith("/") || path.startsWith("$");
    if (!absolute && !inDirectory) {
      add(
          workdir,
          Rule.WORKDIR_RELATIVE_PATH,
          "it depends on the base image; begin it with a slash");
    }
    inDirectory |= absolute;
  }

  private void checkPort(Expose expose, String port) {
    if (port.contains(":") && !port.contains("$")) {
      add(
          expose,
          Rule.EXPOSE_INVALID_FORMAT,
          "the port of the container alone counts; leave out what is before %s"
              .formatted(Quoted.of(port.substring(port.lastIndexOf(':')))));
    }
    var protocol = port.substring(port.indexOf('/') + 1);
    if (!port.contains("$") && !protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
      add(
          expose,
          Rule.EXPOSE_PROTO_CASING,
          "write %s in small letters".formatted(Quoted.of(protocol)));
    }
  }

  private void checkSecret(Instruction instruction, String name) {
    if (SECRET.matcher(name).matches() && !PUBLIC.matcher(name).matches()) {
      add(
          instruction,
          Rule.SECRETS_USED_IN_ARG_OR_ENV,
          "%s stays in the image; use RUN --mount=type=secret".formatted(Quoted.of(name)));
    }
  }

  private void checkForm(Instruction instruction) {
    var words = instruction.written().line().split("\\s+", 3);
    if (words.length > 1 && !words[1].contains("=")) {
      add(instruction, Rule.LEGACY_KEY_VALUE_FORMAT, "write %s NAME=VALUE".formatted(words[0]));
    }
  }

  /// Keywords are all in capitals or all in small letters, whichever most of them are.
  private void checkCase(List<Instruction> instructions) {
    long capitals = instructions.stream().filter(BuildChecks::isCapital).count();
    boolean wanted = capitals * 2 >= instructions.size();
    Stream<Instruction> others =
        instructions.stream().filter(each -> wanted ? !isCapital(each) : !isSmall(each));
    others.forEach(each ->
        add(
            each,
            Rule.CONSISTENT_INSTRUCTION_CASING,
            "write %s as the others".formatted(Quoted.of(keyword(each)))));
  }

  private static boolean isCapital(Instruction instruction) {
    return keyword(instruction).equals(keyword(instruction).toUpperCase(Locale.ROOT));
  }

  private static boolean isSmall(Instruction instruction) {
    return keyword(instruction).equals(keyword(instruction).toLowerCase(Locale.ROOT));
  }

  private static String keyword(Instruction instruction) {
    return instruction.written().line().split("\\s", 2)[0];
  }

  private void add(Instruction instruction, Rule rule, String sentence) {
    found.add(Finding.of(instruction, rule, sentence));
  }
}
