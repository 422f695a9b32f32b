package dev.ocij.buildah.podman.secret;

import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Secret;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `secret ls`: lists secrets, without what is in them.
final class SecretLsCommand implements Command {
  private static final Listing LISTING =
      new Listing(
          Listing.table(List.of("ID", "Name", "Driver", "CreatedAt", "UpdatedAt")),
          Map.of("CreatedAt", "CREATED", "UpdatedAt", "UPDATED"));

  private final Options options = Options.of(this, "List secrets.");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "name=NAME|id=ID", "only such secrets");
  private final Supplier<Optional<String>> format =
      options.text("--format", "TEMPLATE", "print each secret so");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "print no heading");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print ids alone");
  private final StoreFlags store;

  SecretLsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var now = Instant.now();
    var wanted = filters.get().stream().map(SecretLsCommand::filter).toList();
    var found =
        new Secrets(store.store().secrets())
            .list().stream()
                .filter(each -> wanted.isEmpty() || wanted.stream().anyMatch(it -> it.test(each)))
                .toList();
    if (quiet.getAsBoolean()) {
      found.forEach(secret -> options.out().println(secret.id()));
    } else {
      var fields = found.stream().map(secret -> new SecretRow(secret, now).fields()).toList();
      LISTING.print(options.out(), format.get().orElse(""), !noHeading.getAsBoolean(), fields);
    }
    return ExitCode.OK;
  }

  private static Predicate<Secret> filter(String text) {
    var parts = text.split("=", 2);
    var value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0]) {
      case "name" -> secret -> secret.name().equals(value);
      case "id" -> secret -> secret.id().startsWith(value);
      default -> throw Values.usage("invalid filter %s".formatted(Quoted.of(parts[0])));
    };
  }
}
