package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.name.Repository;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `list-tags SOURCE`: the tags of a repository, or the names in an archive.
final class ListTagsCommand implements Command {
  private final Options options = Options.of(this, "List the tags of a repository.");
  private final Supplier<String> source =
      options.argument("SOURCE", "docker://REPOSITORY or docker-archive:PATH");
  private final ImageFlags image;
  private final RetryFlags retry = new RetryFlags(options);

  ListTagsCommand(GlobalFlags global) {
    options.tellCountBelowHelp("Exactly one non-option argument expected");
    this.image = ImageFlags.ofRegistry(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var location = Location.parse(source.get());
    var transport = Builtin.transports(image.transportOptions()).of(location);
    var tags = tags(transport, location);
    var listing =
        new FieldWriter().text("Repository", repository(location)).put("Tags", tags).node();
    options.out().println(GoJson.indented(listing, 4));
    return ExitCode.OK;
  }

  /// A repository that is not there is no missing image.
  private List<String> tags(Transport transport, Location location) throws IOException {
    try {
      return retry.run(() -> transport.tags(location.rest()));
    } catch (OciException e) {
      if (e.category() == OciException.Category.USAGE) {
        throw e;
      }
      throw new OciException(
          OciException.Category.INVALID, "Error listing repository tags: " + e.getMessage(), e);
    }
  }

  private static @Nullable String repository(Location location) {
    return location.transport().equals("docker")
        ? Repository.parse(location.rest().substring("//".length())).toString()
        : null;
  }
}
