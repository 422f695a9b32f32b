package dev.ocij.buildah.podman.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.config.Environment;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `secret create NAME FILE|-`: keeps the content of a file as a secret, and prints its id.
final class SecretCreateCommand implements Command {
  private final Options options = Options.of(this, "Keep a secret.");
  private final Supplier<List<String>> words =
      options.arguments("NAME FILE", 2, "how it is called, and the file that has it; - for stdin");
  private final Supplier<Optional<String>> driver =
      options.text("-d, --driver", "file", "who keeps it; there is one");
  private final BooleanSupplier ofEnvironment =
      options.flag("-e, --env", "FILE names a variable of the environment");
  private final Supplier<List<String>> labels =
      options.texts("-l, --label", "KEY=VALUE", "a label of the secret");
  private final BooleanSupplier replace =
      options.flag("--replace", "one of the same name goes first");
  private final StoreFlags store;

  SecretCreateCommand(StoreFlags store) {
    this.store = store;
    options.texts("--driver-opts", "KEY=VALUE", "accepted; the driver has none");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (words.get().size() > 2) {
      throw Values.usage("accepts 2 arg(s), received %d: NAME FILE".formatted(words.get().size()));
    }
    driver
        .get()
        .filter(other -> !other.equals("file"))
        .ifPresent(other -> {
          throw Values.notYet("secret create --driver " + Quoted.of(other));
        });
    var opened = store.store();
    opened.create();
    var secret =
        new Secrets(opened.secrets())
            .create(
                words.get().getFirst(),
                content(words.get().getLast()),
                Values.pairs(labels.get().stream()),
                replace.getAsBoolean());
    options.out().println(secret.id());
    return ExitCode.OK;
  }

  private byte[] content(String source) throws IOException {
    if (ofEnvironment.getAsBoolean()) {
      var value = Environment.system().variables().get(source);
      if (value == null) {
        throw Values.usage(
            "cannot create store secret data: environment variable %s is not set"
                .formatted(Quoted.of(source)));
      }
      return value.getBytes(UTF_8);
    }
    return source.equals("-") ? System.in.readAllBytes() : LocalFile.read(source);
  }
}
