package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `delete IMAGE`: removes an image from the place it is in.
final class DeleteCommand implements Command {
  private final Options options = Options.of(this, "Delete an image.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final BooleanSupplier tagOnly =
      options.flag("--tag-only", "remove the tag, and leave the image to its other tags");
  private final ImageFlags flags;
  private final RetryFlags retry = new RetryFlags(options);

  DeleteCommand(GlobalFlags global) {
    options.tellCount("Usage: delete imageReference");
    this.flags = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var location = Location.parse(image.get());
    var transport = Builtin.transports(flags.transportOptions()).of(location);
    return retry.run(() -> {
      if (tagOnly.getAsBoolean()) {
        transport.deleteTag(location.rest());
      } else {
        transport.delete(location.rest());
      }
      return ExitCode.OK;
    });
  }
}
