package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about the container as a thing: its name, labels, and how long it stays.
final class IdentityFlags {
  private static final int STOP_TIMEOUT = 10;

  private final Supplier<Optional<String>> name;
  private final BooleanSupplier replace;
  private final BooleanSupplier remove;
  private final BooleanSupplier removeImage;
  private final Supplier<Optional<String>> idFile;
  private final Supplier<List<String>> labels;
  private final Supplier<List<String>> labelFiles;
  private final Supplier<List<String>> annotations;
  private final Supplier<Optional<String>> stopSignal;
  private final Supplier<Optional<String>> stopTimeout;

  IdentityFlags(Options options) {
    name = options.text("--name", "NAME", "of the container; default: one that is made up");
    replace = options.flag("--replace", "remove a container of the name first");
    remove = options.flag("--rm", "remove the container at its end");
    removeImage = options.flag("--rmi", "and the image's name");
    idFile = options.text("--cidfile", "PATH", "write the container's id here");
    labels = options.texts("-l, --label", "KEY=VALUE", "a label of the container");
    labelFiles = options.texts("--label-file", "PATH", "labels, one a line");
    annotations = options.texts("--annotation", "KEY=VALUE", "for the runtime");
    stopSignal = options.text("--stop-signal", "SIGNAL", "what stops the container");
    stopTimeout = options.text("--stop-timeout", "SECONDS", "until it is killed; default: 10");
  }

  RunRequest.Identity identity() {
    if (replace.getAsBoolean() && name.get().isEmpty()) {
      throw Values.usage("cannot replace container without --name being set");
    }
    return new RunRequest.Identity(
        name.get().orElse(null),
        replace.getAsBoolean(),
        remove.getAsBoolean() || removeImage.getAsBoolean(),
        removeImage.getAsBoolean(),
        idFile.get().orElse(null),
        Values.pairs(Stream.concat(Values.lines(labelFiles.get()).stream(), labels.get().stream())),
        stopSignal(),
        stopTimeout.get().map(text -> Values.number(text, "stop timeout")).orElse(STOP_TIMEOUT));
  }

  private @Nullable String stopSignal() {
    stopSignal.get().ifPresent(SignalNumber::parse);
    return stopSignal.get().orElse(null);
  }

  Map<String, String> annotations() {
    return Values.pairs(annotations.get().stream());
  }
}
