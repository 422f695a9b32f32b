package dev.ocij.term;

import dev.ocij.copy.Progress;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import dev.ocij.trust.Signature;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A copy told to programs: one JSON object a line, as docs/progress.md says.
public record JsonProgress(PrintWriter out) implements Progress {
  @Override
  public void readingSignatures() {
    say("signatures", Map.of());
  }

  @Override
  public void copyingLayer(Blob layer) {
    say("layer", ConsoleProgress.origin(layer));
  }

  @Override
  public void copyingConfig(Blob config) {
    say("config", ConsoleProgress.origin(config));
  }

  @Override
  public void writingManifest(Document manifest) {
    say("manifest", manifest.descriptor());
  }

  @Override
  public void storingSignatures() {
    say("store-signatures", Map.of());
  }

  @Override
  public void signing(Signature made) {
    say("sign", Map.of("format", made.kind()));
  }

  private void say(String step, @Nullable Descriptor what) {
    var fields = new LinkedHashMap<String, Object>();
    if (what != null) {
      fields.put("mediaType", what.mediaType().value());
      fields.put("digest", what.digest().toString());
      fields.put("size", what.size());
    }
    say(step, fields);
  }

  private void say(String step, Map<String, Object> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("step", step);
    line.putAll(fields);
    synchronized (out) {
      out.println(new String(Json.write(line), StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
