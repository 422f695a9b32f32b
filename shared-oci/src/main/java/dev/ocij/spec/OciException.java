package dev.ocij.spec;

import org.jspecify.annotations.Nullable;

/// What ends a command: one sentence for a person, and a category for the exit status.
///
/// The sentence reads *what was attempted: what was found; what would help*, in lower case, on one
/// line and without secrets. Subclasses add typed fields where a caller decides by them.
public class OciException extends RuntimeException {
  /// What a caller may want to do differently; each tool maps it to an exit status in one switch.
  public enum Category {
    /// The caller asked for something that cannot be meant.
    USAGE,
    /// What was asked for does not exist where it was looked for.
    NOT_FOUND,
    /// Credentials are missing, wrong or not sufficient.
    UNAUTHORIZED,
    /// Foreign input breaks its specification, or bytes differ from their digest.
    INVALID,
    /// A policy refused the image, or a signature does not hold.
    REJECTED,
    /// A server or the way to it failed; the same request may succeed later.
    UNAVAILABLE,
    /// The machine forbids or lacks what is needed.
    IMPOSSIBLE,
    /// Known, wanted and not there yet.
    UNSUPPORTED,
    /// Reading or writing local files failed.
    IO
  }

  private final Category category;

  public OciException(Category category, String sentence) {
    super(sentence);
    this.category = category;
  }

  public OciException(Category category, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.category = category;
  }

  public final Category category() {
    return category;
  }

  /// The sentence; never null, unlike [Throwable#getMessage()].
  public final String sentence() {
    return String.valueOf(getMessage());
  }

  /// This exception's sentence behind what was attempted when it came, unless it says so itself.
  public OciException during(String attempt) {
    return sentence().startsWith(attempt + ": ")
        ? this
        : new OciException(category, attempt + ": " + sentence(), this);
  }

  /// The same of another category.
  public OciException as(Category changed) {
    return new OciException(changed, sentence(), this);
  }

  /// The same, but where something is missing: that is not what the command was asked for, so that
  /// the exit status of a missing image would mislead.
  public OciException beyondTheImage() {
    return category == Category.NOT_FOUND ? as(Category.INVALID) : this;
  }
}
