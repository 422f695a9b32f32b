package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger built = new AtomicInteger();

  @Test
  void prints_its_version() {
    assertThat(run("--version")).isZero();
    assertThat(out).hasToString("greeter 1.0\n");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          greet Ada,                          'hello Ada\n'
          greet --loud Ada,                   'HELLO ADA\n'
          greet Ada --loud=true,              'HELLO ADA\n'
          greet --loud=false Ada,             'hello Ada\n'
          greet --loud=T Ada,                 'HELLO ADA\n'
          greet -l Ada,                       'HELLO ADA\n'
          greet @pom.xml,                     'hello @pom.xml\n'
          --word ahoy greet Ada,              'ahoy Ada\n'
          greet Ada --word=ahoy,              'ahoy Ada\n'
          greet --times 2 Ada,                'hello Ada\nhello Ada\n'
          greet --end Ada,                    'hello Ada!\n'
          greet Ada --end,                    'hello Ada!\n'
          greet --end=? Ada,                  'hello Ada?\n'
          greet --title Dr --title Prof Ada,  'hello Dr Prof Ada\n'
          """)
  void runs_the_command_with_its_options(String line, String printed) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString()).isEqualTo(printed.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          greet,                    'requires at least 1 arg(s), only received 0'
          greet Ada Bob,            'accepts at most 1 arg(s), received 2'
          greet --times two Ada,    'invalid argument "two" for "--times" flag: For input string: "two"'
          greet --loud=maybe Ada,   'invalid argument "maybe" for "-l, --loud" flag: strconv.ParseBool: parsing "maybe": invalid syntax'
          greet Ada --times,        'flag needs an argument: --times'
          greet --nope Ada,         unknown flag: --nope
          greet --nope=1 Ada,       unknown flag: --nope
          greet -x Ada,             unknown shorthand flag: 'x' in -x
          part,                     unknown command "part" for greeter
          """)
  void reports_a_wrong_line_in_one_sentence(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(125);
    assertThat(err.toString()).startsWith("Error: ").contains(message).hasLineCount(1);
  }

  @Test
  void reports_what_a_command_throws() {
    assertThat(run("greet", "nobody")).isEqualTo(125);
    assertThat(err).hasToString("Error: greet nobody: nobody is there\n");
  }

  @Test
  void builds_only_the_command_that_was_asked_for() {
    run("greet", "Ada");
    assertThat(built).hasValue(1);
  }

  @Test
  void lists_every_command_in_its_help() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--word", "greet", "leave");
    assertThat(built).hasValue(2);
  }

  @Test
  void tells_all_options_of_a_command_whatever_the_line_mentions() {
    assertThat(run("greet", "-l", "--help")).isZero();
    assertThat(out.toString()).contains("--loud", "--times", "--title", "--help");
  }

  private static int report(Exception error, PrintWriter err) {
    err.println("Error: " + error.getMessage());
    return 125;
  }

  private int run(String... args) {
    var options = Options.ofProgram("greets people");
    var word = options.text("--word", "WORD", "what to say");
    var commands =
        Commands.none().with("greet", () -> new Greet(word)).with("leave", () -> new Greet(word));
    var program = new Program("greeter", "greeter 1.0", options, commands, ProgramTest::report);
    try (var printer = new PrintWriter(out);
        var errorPrinter = new PrintWriter(err)) {
      return program.run(printer, errorPrinter, args);
    }
  }

  private final class Greet implements Command {

    private final Options options = Options.of(this, "greets someone");
    private final BooleanSupplier loud = options.flag("-l, --loud", "shout");
    private final Supplier<Optional<Integer>> times =
        options.value("--times", "N", Integer.class, Integer::valueOf, "how often");
    private final Supplier<List<String>> titles =
        options.texts("--title", "TITLE", "put before the name");
    private final Supplier<Optional<String>> end =
        options.attachedText("--end", "MARK", "!", "put behind the name");
    private final Supplier<String> name = options.argument("NAME", "whom");
    private final Supplier<Optional<String>> word;

    Greet(Supplier<Optional<String>> word) {
      this.word = word;
      built.incrementAndGet();
    }

    @Override
    public Options options() {
      return options;
    }

    @Override
    public Integer call() {
      if (name.get().equals("nobody")) {
        throw new IllegalArgumentException("greet nobody: nobody is there");
      }
      var title = titles.get().isEmpty() ? "" : String.join(" ", titles.get()) + " ";
      var greeting = word.get().orElse("hello") + " " + title + name.get() + end.get().orElse("");
      for (int i = 0; i < times.get().orElse(1); i++) {
        options
            .out()
            .println(loud.getAsBoolean() ? greeting.toUpperCase(java.util.Locale.ROOT) : greeting);
      }
      return 0;
    }
  }
}
