package dev.ocij.skopeo.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.name.Repository;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.GoJson;
import dev.ocij.term.Options;
import dev.ocij.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `list-tags SOURCE`: the tags of a repository, or the names in an archive.
final class ListTagsCommand implements Command {
  /// skopeo's answer.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Listing(
      @JsonProperty("Repository") @Nullable String repository,
      @JsonProperty("Tags") List<String> tags) {}

  private final Options options = Options.of(this, "List the tags of a repository.");
  private final Supplier<String> source =
      options.argument("SOURCE", "docker://REPOSITORY or docker-archive:PATH");
  private final ImageFlags image;
  private final RetryFlags retry = new RetryFlags(options);

  ListTagsCommand(GlobalFlags global) {
    options.tellCountBelowHelp("Exactly one non-option argument expected");
    this.image = new ImageFlags(options, "", global);
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
    var listing = new Listing(repository(location), tags);
    options.out().println(GoJson.indented(Json.MAPPER.valueToTree(listing), 4));
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
