package dev.ocij.term;

import dev.ocij.linux.ProcessEnd;
import dev.ocij.spec.OciException;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// A program of the command line.
///
/// `version` is what `--version` prints, empty where there is no such option, `options` are those
/// that stand before a command's name, `commands` what may follow, `errors` how a failure is told.
/// `-v, --version` and `-h, --help` are added to `options`. A command that takes longer than
/// `limit` is ended; zero is for no limit.
public record Program(
    String name,
    String version,
    Options options,
    Commands commands,
    ErrorReport errors,
    Supplier<Duration> limit) {

  private static final Set<String> HELP = Set.of("--help", "-h", "help");

  /// What is a program of its own has `completion` among its commands.
  public Program {
    if (!version.isEmpty()) {
      var offered = commands;
      commands = commands.with("completion", () -> new CompletionCommand(name, options, offered));
    }
  }

  /// A program whose commands may take any time.
  public Program(
      String name, String version, Options options, Commands commands, ErrorReport errors) {
    this(name, version, options, commands, errors, () -> Duration.ZERO);
  }

  /// Runs the program as the whole purpose of this virtual machine, and ends it.
  ///
  /// The machine is halted, not left: after success nothing needs a shutdown hook, and an orderly
  /// end costs 4 ms, or 300 while a connection is open.
  public void runAndHalt(String... args) {
    LibraryLog.install();
    var out = writer(FileDescriptor.out);
    var err = writer(FileDescriptor.err);
    int exitCode = run(out, err, args);
    out.flush();
    err.flush();
    ProcessEnd.now(exitCode);
  }

  /// Runs the program and answers its exit code. Neither writer is closed. A program runs once.
  public int run(PrintWriter out, PrintWriter err, String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      out.println(version); // what scripts ask first and most often is not worth a model: 15 ms
      return ExitCode.OK;
    }
    var line = new CommandLine(root(args));
    commandsFor(args).forEach(line::addSubcommand);
    line.setOut(out).setErr(err);
    line.setHelpSectionKeys(List.of("page"));
    line.setHelpSectionMap(
        Map.of("page", help -> new HelpPage(whole(help.commandSpec()), errors.options()).text()));
    line.setExecutionExceptionHandler((error, _, _) -> errors.print(error, err));
    line.setParameterExceptionHandler(
        (error, _) -> errors.print(new WrongLine(this, error).told(err), err));
    line.setExecutionStrategy(this::execute);
    line.setOverwrittenOptionsAllowed(true);
    line.setExpandAtFiles(false);
    line.setAllowOptionsAsOptionParameters(true); // what follows an option is its value
    // Finding out whether the terminal has colours loads all of JLine.
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    return isUnknownTopic(args) ? tellTopics(line, args) : line.execute(asHelp(args));
  }

  private boolean isUnknownTopic(String... args) {
    return args.length > 1
        && args[0].equals("help")
        && !args[1].startsWith("-")
        && !commands.has(args[1]);
  }

  /// As the peers do: what there is goes where errors go, and all is well.
  private int tellTopics(CommandLine line, String... args) {
    var topics = Stream.of(args).skip(1).map(topic -> "`" + topic + "`").toList();
    line.getErr().println("Unknown help topic " + topics.toString().replace(", ", " "));
    commands
        .listed()
        .forEach((name, command) -> {
          if (!line.getSubcommands().containsKey(name)) {
            line.addSubcommand(name, command);
          }
        });
    line.usage(line.getErr());
    return ExitCode.OK;
  }

  /// `help` is the help, and `help copy` that of a command.
  private static String[] asHelp(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    return Stream.concat(Stream.of(args).skip(1), Stream.of("--help")).toArray(String[]::new);
  }

  private int execute(ParseResult parsed) {
    try {
      if (isEmpty(parsed)) {
        return withoutCommand(parsed.commandSpec().commandLine());
      }
      return TimeLimit.run(limit.get(), () -> new RunLast().execute(parsed));
    } catch (OciException e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.sentence(), e);
    } catch (OutOfMemoryError e) {
      var told = full(e);
      throw new ExecutionException(parsed.commandSpec().commandLine(), told.sentence(), told);
    }
  }

  private int withoutCommand(CommandLine line) {
    var answer = errors.missingCommand(name);
    if (answer.help()) {
      commands.listed().forEach(line::addSubcommand);
      line.usage(line.getOut());
      line.getOut().flush();
    }
    answer
        .error()
        .ifPresent(sentence -> {
          throw WrongLine.usage(sentence);
        });
    return ExitCode.OK;
  }

  /// What is read into memory has limits of its own; this is for what those do not see.
  private static OciException full(OutOfMemoryError error) {
    return new OciException(
        OciException.Category.IMPOSSIBLE,
        "run out of memory: more than %d MiB are in use; what was read may be larger than anything of its kind should be"
            .formatted(Runtime.getRuntime().maxMemory() >> 20),
        error);
  }

  private static boolean isEmpty(ParseResult parsed) {
    return !parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested();
  }

  private Map<String, CommandSpec> commandsFor(String... args) {
    var mentioned = commands.mentionedIn(args);
    var arguments = Arrays.asList(args);
    boolean listed = mentioned.isEmpty() && HELP.stream().anyMatch(arguments::contains);
    return listed ? commands.listed() : mentioned;
  }

  /// The model with all options, for who reads the help.
  private CommandSpec whole(CommandSpec spec) {
    return spec.userObject() instanceof Command command ? command.options().spec() : options.spec();
  }

  private CommandSpec root(String... args) {
    var root = options.spec(Mentions.in(args)).name(name);
    if (version.isEmpty()) {
      return root;
    }
    var versionOption =
        OptionSpec.builder("-v", "--version").versionHelp(true).description("print the version");
    return root.version(version).addOption(versionOption.build());
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    var stream = new FileOutputStream(descriptor);
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), false);
  }
}
