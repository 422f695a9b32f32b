package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// The help of programs, families and commands, to the letter.
class HelpPageTest {
  @Test
  void a_program_shows_its_options_and_each_command_once() {
    assertThat(help("--help"))
        .isEqualTo(
            """
            Works with boxes.

            Usage:
              boxes [flags] [command]

            Available Commands:
              list   List boxes.
              open   Open boxes.
              shed   Boxes of boxes.

            Flags:
              -h, --help       print this help
                  --root DIR   where boxes are
              -v, --version    print the version

            Use "boxes [command] --help" for more information about a command.
            """);
  }

  @Test
  void a_command_shows_its_own_options_and_not_those_of_the_program() {
    var page =
        """
        Open boxes.

        Usage:
          boxes open [flags] TOOL [BOX...]

        Aliases:
          open, unlock

        Arguments:
          TOOL       with what
          [BOX...]   which

        Flags:
          -f, --force           break what is locked
          -h, --help            print this help
              --label TEXT      on the box
              --pull[=POLICY]   first
        """;
    assertThat(help("open", "--help")).isEqualTo(page);
    assertThat(help("help", "unlock")).isEqualTo(page);
  }

  @Test
  void a_family_shows_its_commands() {
    var page =
        """
        Boxes of boxes.

        Usage:
          boxes shed [flags] [command]

        Available Commands:
          open   Open boxes.

        Flags:
          -h, --help   print this help

        Use "boxes shed [command] --help" for more information about a command.
        """;
    assertThat(help("shed", "--help")).isEqualTo(page);
    assertThat(help("help", "shed")).isEqualTo(page);
    assertThat(help("shed", "open", "--help")).contains("  boxes shed open [flags] TOOL [BOX...]");
  }

  private static String help(String... args) {
    var options = Options.ofProgram("Works with boxes.");
    options.text("--root", "DIR", "where boxes are");
    options.oldText("--cellar");
    ErrorReport errors = (_, _) -> 125;
    var open = Commands.none().with("open", () -> new Box("Open boxes."));
    var commands =
        Commands.none()
            .with("shed", () -> new CommandFamily("boxes shed", "Boxes of boxes.", open, errors))
            .with("open", () -> new Box("Open boxes."), "unlock")
            .with("list", () -> new Box("List boxes."))
            .with("burn", () -> new Box("Burn boxes.").hidden());
    var out = new StringWriter();
    var program = new Program("boxes", "boxes 1.0", options, commands, errors);
    assertThat(program.run(new PrintWriter(out, true), new PrintWriter(out, true), args)).isZero();
    return out.toString();
  }

  private static final class Box implements Command {
    private final Options options;

    Box(String description) {
      options = Options.of(this, description);
      options.flag("-f, --force", "break what is locked");
      options.text("--label", "TEXT", "on the box");
      options.attachedText("--pull", "POLICY", "always", "first");
      options.oldChoice("--quietly");
      options.argument("TOOL", "with what");
      options.arguments("BOX", 0, "which");
    }

    Box hidden() {
      options.hidden();
      return this;
    }

    @Override
    public Options options() {
      return options;
    }

    @Override
    public Integer call() {
      throw new AssertionError("only asked for help");
    }
  }
}
