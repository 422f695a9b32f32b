package dev.ocij.transport.local;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which images of the store are wanted, as the peers' `--filter KEY=VALUE` says it.
public final class ImageFilter {
  private ImageFilter() {}

  /// @throws OciException of category `USAGE` where there is no such filter, `NOT_FOUND` where it
  ///   names an image that is not there
  public static Predicate<LocalImage> parse(String text, LocalImages images) throws IOException {
    int equals = text.indexOf('=');
    var key = equals < 0 ? text : text.substring(0, equals);
    var value = equals < 0 ? "" : text.substring(equals + 1);
    return switch (key) {
      case "dangling" -> is(truth(text, value), LocalImage::isDangling);
      case "intermediate", "readonly" -> is(truth(text, value), _ -> false);
      case "id" -> image -> image.id().hex().startsWith(value);
      case "digest" -> image -> image.document().digest().toString().startsWith(value);
      case "manifest" -> is(truth(text, value), LocalImage::isIndex);
      case "label" -> image -> hasLabel(image, value);
      case "reference" -> reference(value);
      case "before" -> before(images.find(value));
      case "since", "after" -> since(images.find(value));
      default ->
          throw new OciException(
              OciException.Category.USAGE, "unsupported image filter " + Quoted.of(key));
    };
  }

  private static Predicate<LocalImage> is(boolean wanted, Predicate<LocalImage> condition) {
    return image -> condition.test(image) == wanted;
  }

  private static boolean truth(String text, String value) {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new OciException(
              OciException.Category.USAGE,
              "invalid filter %s: expected true or false".formatted(Quoted.of(text)));
    };
  }

  private static boolean hasLabel(LocalImage image, String label) {
    Map<String, String> labels =
        image.config() == null ? Map.of() : image.config().config().labels();
    int equals = label.indexOf('=');
    return equals < 0
        ? labels.containsKey(label)
        : label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
  }

  private static Predicate<LocalImage> before(LocalImage other) {
    return image -> image.created().isBefore(other.created());
  }

  private static Predicate<LocalImage> since(LocalImage other) {
    return image -> image.created().isAfter(other.created());
  }

  /// A name, complete or from any component on, with or without its tag; `*` and `?` are wildcards.
  private static Predicate<LocalImage> reference(String pattern) {
    var text = Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q").replace("?", "\\E[^/]\\Q");
    var name = Pattern.compile("(?:.*/)?" + text + "(?:[:@][^/]*)?");
    return image -> image.names().stream().anyMatch(each -> name.matcher(each).matches());
  }
}
