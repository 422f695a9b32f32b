package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import java.util.List;

/// Arguments behind which no option may stand.
final class OrderedArguments {
  private OrderedArguments() {}

  /// The arguments, none of which is an option.
  static List<String> of(List<String> given) {
    for (var word : given) {
      if (word.startsWith("-") && word.length() > 1) {
        throw usage(
            "no options (%s) can be specified after the image or container name"
                .formatted(word.split("=", 2)[0]));
      }
    }
    return given;
  }

  /// As [#of], of which there must be so many.
  static List<String> atLeast(int count, List<String> given) {
    if (given.size() < count) {
      throw usage("requires at least %d arg(s), only received %d".formatted(count, given.size()));
    }
    return of(given);
  }

  /// The only argument, a container.
  static String only(List<String> given) {
    return only(given, "container ID must be specified");
  }

  /// The only argument.
  ///
  /// @param missing what is told where there is none
  static String only(List<String> given, String missing) {
    var all = of(given);
    if (all.isEmpty()) {
      throw usage(missing);
    }
    if (all.size() > 1) {
      throw usage("too many arguments specified");
    }
    return all.getFirst();
  }

  static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
