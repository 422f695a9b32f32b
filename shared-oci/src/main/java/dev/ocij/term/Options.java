package dev.ocij.term;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/// The options and arguments of a command. Each method adds one and answers where its value will
/// be.
///
/// `names` are all names of an option, as in `"-f, --format"`. Values are there once the line is
/// parsed.
public final class Options {

  private final CommandSpec spec;
  private final ScopeType scope;
  private int arguments;
  private @Nullable ArgumentCount count;
  private boolean family;

  /// What a line with too many arguments, or too few, is told.
  ///
  /// @param help whether the help comes first
  record ArgumentCount(String sentence, boolean help) {}

  private Options(Callable<Integer> action, ScopeType scope, String description) {
    this.spec = CommandSpec.wrapWithoutInspection(action);
    this.scope = scope;
    spec.usageMessage().description(description);
  }

  /// The options of `command`, none yet; `description` is the sentence that the help shows.
  public static Options of(Command command, String description) {
    return new Options(command, ScopeType.LOCAL, description);
  }

  /// The options of a whole program, none yet: they may stand before the command's name and after
  /// it.
  public static Options ofProgram(String description) {
    return new Options(Options::noCommand, ScopeType.INHERIT, description);
  }

  /// These options, of a command that works but is not offered by the help.
  public Options hidden() {
    spec.usageMessage().hidden(true);
    return this;
  }

  /// These options, which end where the first argument is: what follows belongs to a program that
  /// the argument names.
  public Options stoppingAtFirstArgument() {
    spec.parser().stopAtPositional(true);
    return this;
  }

  /// These options, of a command that passes the whole rest of the line to commands of its own, a
  /// question for help too.
  Options ofFamily() {
    spec.parser().unmatchedOptionsArePositionalParams(true);
    family = true;
    return stoppingAtFirstArgument();
  }

  /// An option that is given or not: `--all`, `--all=true`, `--all=false`, as Go reads it.
  public BooleanSupplier flag(String names, String description) {
    var flag = choice(names, description);
    return () -> flag.get().orElse(false);
  }

  /// A flag that also knows whether it was given at all: where not, a configuration file decides.
  public Supplier<Optional<Boolean>> choice(String names, String description) {
    return choice(option(names, description));
  }

  /// As [#choice], of an old option that no help shows; of a program, it stands before the
  /// command's name only.
  public Supplier<Optional<Boolean>> oldChoice(String name) {
    return choice(OptionSpec.builder(name).hidden(true));
  }

  private Supplier<Optional<Boolean>> choice(OptionSpec.Builder option) {
    option.type(Boolean.class).converters(converter(GoNumbers::truth));
    return optional(add(option.arity("0..1").fallbackValue("true").build()), Boolean.class);
  }

  /// An option with a text that old lines have and the help does not tell of.
  public Supplier<Optional<String>> oldText(String name) {
    return optional(
        add(OptionSpec.builder(name).hidden(true).type(String.class).arity("1").build()),
        String.class);
  }

  /// An option with a text, such as `--authfile PATH`.
  public Supplier<Optional<String>> text(String names, String label, String description) {
    return optional(
        add(option(names, description).paramLabel(label).type(String.class).build()), String.class);
  }

  /// As [#text], but the value stands behind `=` or nowhere: `--pull=never`, or `--pull` for what
  /// it means alone.
  public Supplier<Optional<String>> attachedText(
      String names, String label, String alone, String description) {
    var option =
        option(names, description)
            .paramLabel(label)
            .type(String.class)
            .arity("0..1")
            .fallbackValue(alone)
            .preprocessor((words, _, self, given) -> {
              if (given.get("separator") == null) {
                self.setValue(alone);
                return true;
              }
              return false;
            });
    return optional(add(option.build()), String.class);
  }

  /// An option whose text is parsed by `parse`; what that throws is reported with the option's
  /// name.
  public <T> Supplier<Optional<T>> value(
      String names, String label, Class<T> type, Function<String, T> parse, String description) {
    var option =
        option(names, description).paramLabel(label).type(type).converters(converter(parse));
    return optional(add(option.build()), type);
  }

  /// An option with a whole number.
  public Supplier<Optional<Integer>> number(String names, String description) {
    return value(names, "N", Integer.class, GoNumbers::number, description);
  }

  /// An option that says how many; 0 is the least.
  public Supplier<Optional<Integer>> count(String names, String description) {
    return value(names, "N", Integer.class, GoNumbers::count, description);
  }

  /// An option that may be repeated; its texts in the order of the line.
  public Supplier<List<String>> texts(String names, String label, String description) {
    return list(
        add(
            option(names, description)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build()));
  }

  /// As [#texts], of texts that may look like options of this command.
  public Supplier<List<String>> anyTexts(String names, String label, String description) {
    var given = new ArrayList<String>();
    add(
        option(names, description)
            .paramLabel(label)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .preprocessor((args, _, _, _) -> {
              given.add(args.pop());
              return true;
            })
            .build());
    return () -> List.copyOf(given);
  }

  /// The next argument, which must be given.
  public Supplier<String> argument(String label, String description) {
    var position = Integer.toString(arguments++);
    var argument =
        positional(label, description)
            .index(position)
            .arity("1")
            .required(true)
            .type(String.class)
            .build();
    spec.addPositional(argument);
    return () -> String.class.cast(argument.getValue());
  }

  /// Says what a line with too many arguments is told, or with too few.
  public void tellCount(String sentence) {
    count = new ArgumentCount(sentence, false);
  }

  /// As [#tellCount], below the help.
  public void tellCountBelowHelp(String sentence) {
    count = new ArgumentCount(sentence, true);
  }

  @Nullable ArgumentCount argumentCount() {
    return count;
  }

  /// All arguments from the next one on, of which there must be at least `least`.
  public Supplier<List<String>> arguments(String label, int least, String description) {
    var rest =
        positional(label, description)
            .index(arguments + "..*")
            .arity(least + "..*")
            .required(least > 0);
    var argument = rest.type(List.class).auxiliaryTypes(String.class).build();
    spec.addPositional(argument);
    return list(argument);
  }

  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// The model as far as it is, which may be finished.
  CommandSpec model() {
    return spec;
  }

  /// The finished model: these options and, but for a family, `--help`, in short `-h` where no
  /// option took that.
  CommandSpec spec() {
    if (family) {
      return spec;
    }
    var names =
        spec.findOption("-h") == null ? new String[] {"-h", "--help"} : new String[] {"--help"};
    return spec.addOption(
        OptionSpec.builder(names).usageHelp(true).description("print this help").build());
  }

  private OptionSpec add(OptionSpec option) {
    spec.addOption(option);
    return option;
  }

  private OptionSpec.Builder option(String names, String description) {
    return OptionSpec.builder(names.split(", ")).description(description).scopeType(scope);
  }

  private static PositionalParamSpec.Builder positional(String label, String description) {
    return PositionalParamSpec.builder().paramLabel(label).description(description);
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (RuntimeException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  private static Integer noCommand() {
    throw new IllegalStateException("missing command");
  }

  private static <T> Supplier<Optional<T>> optional(ArgSpec spec, Class<T> type) {
    return () -> Optional.ofNullable(type.cast(spec.getValue()));
  }

  private static Supplier<List<String>> list(ArgSpec spec) {
    return () -> {
      List<?> values = spec.getValue() == null ? List.of() : spec.getValue();
      return values.stream().map(String.class::cast).toList();
    };
  }
}
