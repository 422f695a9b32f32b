package dev.ocij.buildah.cli;

import dev.ocij.buildah.overlay.Doctor;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// `doctor`: what this machine allows, and what would help where it forbids something.
public final class DoctorCommand implements Command {
  private static final String PROFILE = "apparmor-profile";

  private final Options options =
      Options.of(this, "Tell what this machine allows, and what would help.");
  private final BooleanSupplier profile =
      options.flag("--apparmor-profile", "print a profile for AppArmor that allows namespaces");
  private final StoreFlags store;

  public DoctorCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  /// Ends with 1 where RUN and run cannot work.
  @Override
  public Integer call() throws IOException {
    if (profile.getAsBoolean()) {
      options.out().print(profile());
      return ExitCode.OK;
    }
    var doctor = Doctor.examine(store.store());
    doctor.findings().forEach((what, found) -> options.out().println(what + ": " + found));
    doctor.remedies().forEach(remedy -> options.out().println("- " + remedy));
    return doctor.runs() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String profile() {
    try (var in = DoctorCommand.class.getResourceAsStream(PROFILE)) {
      if (in == null) {
        throw new IllegalStateException("the profile is missing");
      }
      var java = Path.of(System.getProperty("java.home"), "bin", "java");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@PROGRAMS@", java.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("read the profile", e);
    }
  }
}
