package dev.ocij.buildah.cli;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.transport.local.FileArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What `manifest add` may be told about an artifact that it makes of files.
final class ArtifactFlags {
  private final BooleanSupplier artifact;
  private final BooleanSupplier untitled;
  private final Supplier<Optional<String>> type;
  private final Supplier<Optional<String>> config;
  private final Supplier<Optional<String>> configType;
  private final Supplier<Optional<String>> layerType;
  private final Supplier<Optional<String>> subject;
  private final Supplier<List<String>> annotations;

  ArtifactFlags(Options options) {
    artifact = options.flag("--artifact", "make an artifact of files, and add that");
    type = options.text("--artifact-type", "TYPE", "of the artifact");
    config = options.text("--artifact-config", "PATH", "its configuration; default: none");
    configType = options.text("--artifact-config-type", "TYPE", "the media type of that");
    layerType = options.text("--artifact-layer-type", "TYPE", "the media type of the files");
    untitled = options.flag("--artifact-exclude-titles", "leave out the names of the files");
    subject = options.text("--artifact-subject", "IMAGE", "what the artifact is about");
    annotations = options.texts("--artifact-annotation", "NAME=VALUE", "of its manifest");
  }

  /// Whether there is to be one.
  ///
  /// @throws dev.ocij.spec.OciException where something is said about one that is not made
  boolean isOn() {
    if (artifact.getAsBoolean()) {
      return true;
    }
    var said = new LinkedHashMap<String, Supplier<Optional<String>>>();
    said.put("--artifact-type", type);
    said.put("--artifact-config", config);
    said.put("--artifact-config-type", configType);
    said.put("--artifact-layer-type", layerType);
    said.put("--artifact-subject", subject);
    said.put("--artifact-annotation", () -> annotations.get().stream().findFirst());
    said.forEach((name, value) -> {
      if (value.get().isPresent()) {
        throw OrderedArguments.usage(name + " requires --artifact");
      }
    });
    return false;
  }

  /// Makes the artifact in the store.
  Descriptor store(Toolbox tools, List<String> files) throws IOException {
    var about = subject.get();
    var members = new ListMembers(tools);
    var made =
        new FileArtifact(
            type.get().orElse(FileArtifact.UNKNOWN),
            config.get().map(LocalFile::read).orElseGet(() -> new byte[0]),
            MediaType.of(configType.get().orElse(usualConfigType())),
            layerType.get().map(MediaType::of).orElse(null),
            !untitled.getAsBoolean(),
            about.isPresent() ? members.subject(about.get()) : null,
            Assignments.parse(Assignments.withValues(annotations.get()), Map.of()));
    return made.store(tools.store().images(), files.stream().map(Path::of).toList());
  }

  private String usualConfigType() {
    return (config.get().isPresent() ? MediaType.OCI_CONFIG : MediaType.OCI_EMPTY).value();
  }
}
