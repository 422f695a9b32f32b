package dev.ocij.term;

import dev.ocij.copy.Progress;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// A copy told to programs: one JSON object a line, as docs/progress.md says.
public record JsonProgress(PrintWriter out) implements Progress {
  @Override
  public void readingSignatures() {
    say("signatures", null);
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
    say("store-signatures", null);
  }

  @Override
  public void signing(Document manifest) {
    say("sign", manifest.descriptor());
  }

  private void say(String step, @Nullable Descriptor what) {
    var line = new LinkedHashMap<String, Object>();
    line.put("step", step);
    if (what != null) {
      line.put("mediaType", what.mediaType().value());
      line.put("digest", what.digest().toString());
      line.put("size", what.size());
    }
    synchronized (out) {
      out.println(new String(Json.write(line), StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
