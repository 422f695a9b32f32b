package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What only our runner knows of a bundle, kept beside its `config.json` so that the container can
/// be started by a later command.
///
/// @param lowers empty where no overlay is mounted; absolute paths, as are the others
record StoredBundle(
    List<String> lowers, @Nullable String upper, @Nullable String work, boolean makesCwd)
    implements JsonForm {
  private static final String CONFIG = "config.json";
  private static final String TREE = "tree.json";

  private static StoredBundle from(FieldReader json) {
    return new StoredBundle(
        json.texts("lowers"), json.text("upper"), json.text("work"), json.flag("makesCwd"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .list("lowers", lowers)
        .text("upper", upper)
        .text("work", work)
        .flag("makesCwd", makesCwd)
        .node();
  }

  /// Keeps a bundle in its directory.
  static void write(Bundle bundle) throws IOException {
    var overlay = bundle.overlay();
    var tree =
        new StoredBundle(
            overlay
                .map(each -> each.lowers().stream().map(Path::toString).toList())
                .orElse(List.of()),
            overlay.map(each -> each.upper().toString()).orElse(null),
            overlay.map(each -> each.work().toString()).orElse(null),
            bundle.makesCwd());
    Files.write(bundle.directory().resolve(CONFIG), bundle.config().bytes());
    Files.write(bundle.directory().resolve(TREE), Json.write(tree));
  }

  static Bundle read(Path directory) throws IOException {
    var tree = Json.read(Files.readAllBytes(directory.resolve(TREE)), StoredBundle::from, TREE);
    var bundle = Bundle.of(directory, config(directory));
    var complete = tree.makesCwd ? bundle.makingCwd() : bundle;
    return tree.overlay().map(complete::withOverlay).orElse(complete);
  }

  static RuntimeConfig config(Path directory) throws IOException {
    return RuntimeConfig.parse(Files.readAllBytes(directory.resolve(CONFIG)));
  }

  private Optional<Bundle.Overlay> overlay() {
    if (upper == null || work == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Bundle.Overlay(lowers.stream().map(Path::of).toList(), Path.of(upper), Path.of(work)));
  }
}
