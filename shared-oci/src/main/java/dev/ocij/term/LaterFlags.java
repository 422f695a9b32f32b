package dev.ocij.term;

import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Options of a peer that a tool knows and does not follow yet: whoever gives one is told so, for
/// nothing is passed over in silence.
public final class LaterFlags {
  /// Whether an option stands on the line, and its name.
  private record Given(String name, BooleanSupplier given) {}

  private final Options options;
  private final List<Given> all = new ArrayList<>();

  public LaterFlags(Options options) {
    this.options = options;
  }

  /// Options with a value.
  public LaterFlags values(String... names) {
    for (var name : names) {
      var texts = options.texts(name, "VALUE", "not implemented yet");
      all.add(new Given(name, () -> !texts.get().isEmpty()));
    }
    return this;
  }

  /// Options that are on or off, and off where nobody says it.
  public LaterFlags switches(String... names) {
    for (var name : names) {
      all.add(new Given(name, options.flag(name, "not implemented yet")));
    }
    return this;
  }

  /// @throws OciException of category `UNSUPPORTED`, naming the first that was given
  public void refuse() {
    for (var option : all) {
      if (option.given().getAsBoolean()) {
        var parts = option.name().split(", ");
        throw notYet(parts[parts.length - 1]);
      }
    }
  }

  /// The refusal of one option, or of one value of it.
  public static OciException notYet(String flag) {
    return new OciException(OciException.Category.UNSUPPORTED, flag + " is not implemented yet");
  }
}
