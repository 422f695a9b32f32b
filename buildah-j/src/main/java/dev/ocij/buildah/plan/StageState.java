package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.Variables;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.ImageConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// A stage between two of its steps.
///
/// @param image the configuration so far; it holds environment, shell, user and working directory
/// @param arguments declared and set, in order of declaration
/// @param ownCommand whether CMD was set in this stage, so that ENTRYPOINT leaves it alone
public record StageState(
    ImageConfig image, SequencedMap<String, String> arguments, boolean ownCommand) {
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  public StageState {
    arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
  }

  /// The beginning of a stage on an image.
  public static StageState from(ImageConfig base) {
    return new StageState(base, new LinkedHashMap<>(), false);
  }

  /// The beginning of a stage on another one, whose arguments stay declared.
  public static StageState from(StageState parent) {
    return new StageState(parent.image, parent.arguments, false);
  }

  public ContainerConfig config() {
    return image.config();
  }

  /// The environment of containers, in order.
  public SequencedMap<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    for (var variable : config().env()) {
      int equals = variable.indexOf('=');
      environment.put(
          equals < 0 ? variable : variable.substring(0, equals), variable.substring(equals + 1));
    }
    return environment;
  }

  /// What executes the lines of RUN, CMD and ENTRYPOINT.
  public List<String> shell() {
    return config().shell().isEmpty() ? DEFAULT_SHELL : config().shell();
  }

  /// The working directory: absolute.
  public String directory() {
    var directory = Objects.requireNonNullElse(config().workingDir(), "");
    return directory.isEmpty() ? "/" : directory;
  }

  /// The user of RUN, as the image names it; empty for root.
  public String user() {
    return Objects.requireNonNullElse(config().user(), "");
  }

  /// What instructions see: the environment, and behind it the arguments.
  public Variables variables() {
    var all = new LinkedHashMap<>(arguments);
    all.putAll(environment());
    return Variables.of(all);
  }

  public StageState withImage(ImageConfig changed) {
    return new StageState(changed, arguments, ownCommand);
  }

  /// With another configuration of containers.
  public StageState with(Consumer<ContainerConfig.Draft> change) {
    return withImage(image.withConfig(config().with(change)));
  }

  public StageState withOwnCommand() {
    return new StageState(image, arguments, true);
  }

  /// With these arguments declared, each default seeing those before it.
  StageState declare(Arg arg, BuildArguments build) {
    var state = this;
    for (var declaration : arg.declarations()) {
      var expansion = new Expansion(arg.written().escape(), state.variables());
      var value = build.value(declaration, expansion);
      if (value != null) {
        state = state.withArgument(declaration.name(), value);
      }
    }
    return state;
  }

  /// With these variables set, each value as it was before the instruction.
  StageState set(Env env) {
    var expansion = new Expansion(env.written().escape(), variables());
    var values = new LinkedHashMap<String, String>();
    env.assignments()
        .forEach(each -> values.put(expansion.word(each.name()), expansion.word(each.value())));
    return with(draft -> values.forEach(draft::setEnv));
  }

  private StageState withArgument(String name, String value) {
    var more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new StageState(image, more, ownCommand);
  }
}
