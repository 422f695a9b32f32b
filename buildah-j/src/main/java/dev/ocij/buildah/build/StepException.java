package dev.ocij.buildah.build;

import dev.ocij.buildah.text.Placed;
import dev.ocij.buildah.text.Position;
import dev.ocij.spec.OciException;

/// What was written could not be done.
public class StepException extends OciException implements Placed {
  private final transient Position at;

  StepException(Position at, Category category, String sentence, Throwable cause) {
    super(category, sentence, cause);
    this.at = at;
  }

  StepException(Position at, Category category, String sentence) {
    super(category, sentence);
    this.at = at;
  }

  @Override
  public final Position at() {
    return at;
  }
}
