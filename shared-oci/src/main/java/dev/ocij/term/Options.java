package dev.ocij.term;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
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
  private final List<OptionOffer> offers = new ArrayList<>();
  private int arguments;
  private @Nullable ArgumentCount count;
  private boolean family;
  private boolean helps;

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

  /// These options, of a command that takes all else on its line as arguments.
  public Options takingAnything() {
    spec.parser().unmatchedOptionsArePositionalParams(true);
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
    return optional(offer(names, description, Options::truth), Boolean.class);
  }

  /// As [#choice], of an old option that no help shows; of a program, it stands before the
  /// command's name only.
  public Supplier<Optional<Boolean>> oldChoice(String name) {
    return optional(offer(List.of(name), option -> truth(option).hidden(true)), Boolean.class);
  }

  /// An option with a text that old lines have and the help does not tell of.
  public Supplier<Optional<String>> oldText(String name) {
    return optional(
        offer(List.of(name), option -> option.hidden(true).type(String.class).arity("1")),
        String.class);
  }

  /// An option with a text, such as `--authfile PATH`.
  public Supplier<Optional<String>> text(String names, String label, String description) {
    return optional(
        offer(names, description, option -> option.paramLabel(label).type(String.class)),
        String.class);
  }

  /// As [#text], but the value stands behind `=` or nowhere: `--pull=never`, or `--pull` for what
  /// it means alone.
  public Supplier<Optional<String>> attachedText(
      String names, String label, String alone, String description) {
    return optional(
        offer(
            names,
            description,
            option ->
                option
                    .paramLabel(label)
                    .type(String.class)
                    .arity("0..1")
                    .fallbackValue(alone)
                    .preprocessor((words, _, self, given) -> {
                      if (" ".equals(given.get("separator"))) {
                        self.setValue(alone);
                        return true;
                      }
                      return false;
                    })),
        String.class);
  }

  /// An option whose text is parsed by `parse`; what that throws is reported with the option's
  /// name.
  public <T> Supplier<Optional<T>> value(
      String names, String label, Class<T> type, Function<String, T> parse, String description) {
    return optional(
        offer(
            names,
            description,
            option -> option.paramLabel(label).type(type).converters(converter(parse))),
        type);
  }

  /// An option with a whole number.
  public Supplier<Optional<Integer>> number(String names, String description) {
    return value(names, "N", Integer.class, GoNumbers::number, description);
  }

  /// An option that says how many; 0 is the least.
  public Supplier<Optional<Integer>> count(String names, String description) {
    return value(names, "N", Integer.class, GoNumbers::count, description);
  }

  /// An option that may be repeated; its texts in the order of the line. They may look like options
  /// themselves.
  public Supplier<List<String>> texts(String names, String label, String description) {
    return texts(names, label, description, scope);
  }

  private Supplier<List<String>> texts(
      String names, String label, String description, ScopeType where) {
    return list(
        offer(
                names,
                description,
                option ->
                    option
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .scopeType(where))
            ::value);
  }

  /// As [#texts], of a program, before the command's name only: behind it a command has another of
  /// that name.
  public Supplier<List<String>> textsBefore(String names, String label, String description) {
    return texts(names, label, description, ScopeType.LOCAL);
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
    return list(argument::getValue);
  }

  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// The finished model: all options and, but for a family, `--help`, in short `-h` where no option
  /// took that.
  CommandSpec spec() {
    return spec(Mentions.ALL);
  }

  /// As [#spec()], of the options that a line mentions. The others are added where the whole is
  /// wanted later.
  CommandSpec spec(Mentions line) {
    for (var offer : offers) {
      if (line.any(offer.names())) {
        offer.addTo(spec);
      }
    }
    if (!family && !helps) {
      helps = true;
      spec.addOption(help());
    }
    return spec;
  }

  private OptionSpec help() {
    boolean taken = offers.stream().anyMatch(offer -> offer.names().contains("-h"));
    var names = taken ? new String[] {"--help"} : new String[] {"-h", "--help"};
    return OptionSpec.builder(names).usageHelp(true).description("print this help").build();
  }

  private OptionOffer offer(List<String> names, UnaryOperator<OptionSpec.Builder> shape) {
    var offer = new OptionOffer(names, shape);
    offers.add(offer);
    return offer;
  }

  private OptionOffer offer(
      String names, String description, UnaryOperator<OptionSpec.Builder> shape) {
    return offer(
        listed(names), option -> shape.apply(option.description(description).scopeType(scope)));
  }

  /// Without a pattern: a command has more than a hundred of these.
  private static List<String> listed(String names) {
    var listed = new ArrayList<String>(2);
    int start = 0;
    for (int end = names.indexOf(','); end >= 0; end = names.indexOf(',', start)) {
      listed.add(names.substring(start, end));
      start = end + 2;
    }
    listed.add(names.substring(start));
    return listed;
  }

  private static OptionSpec.Builder truth(OptionSpec.Builder option) {
    return option
        .type(Boolean.class)
        .converters(converter(GoNumbers::truth))
        .arity("0..1")
        .fallbackValue("true");
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

  private static <T> Supplier<Optional<T>> optional(OptionOffer option, Class<T> type) {
    return () -> Optional.ofNullable(type.cast(option.value()));
  }

  private static Supplier<List<String>> list(Supplier<@Nullable Object> argument) {
    return () ->
        argument.get() instanceof List<?> values
            ? values.stream().map(String.class::cast).toList()
            : List.of();
  }
}
