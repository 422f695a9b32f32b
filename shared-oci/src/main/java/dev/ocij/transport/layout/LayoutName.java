package dev.ocij.transport.layout;

import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which image of a layout is meant: one by its name, by its position, by the digest of its
/// manifest or index, or the only one.
///
/// @param name null for none
/// @param position zero-based, -1 for none
/// @param digest of a blob that no entry need name; null for none
public record LayoutName(@Nullable String name, int position, @Nullable Digest digest) {
  private static final String COMPONENT = "[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*";
  private static final Pattern NAME = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
  private static final Pattern POSITION = Pattern.compile("@[0-9]{1,9}");

  private static final Pattern DIGEST = Pattern.compile("@sha(?:256|512):.*");

  /// The image of this name; null for the only one.
  public static LayoutName of(@Nullable String name) {
    return new LayoutName(name, -1, null);
  }

  /// What follows the path in a location: nothing, a name, or `@` and a number or a digest.
  public static LayoutName parse(String typed) {
    if (typed.isEmpty()) {
      return of(null);
    }
    if (POSITION.matcher(typed).matches()) {
      return new LayoutName(null, Integer.parseInt(typed.substring(1)), null);
    }
    if (DIGEST.matcher(typed).matches()) {
      return new LayoutName(null, -1, Digest.parse(typed.substring(1)));
    }
    if (typed.startsWith("@")) {
      throw new OciException(
          OciException.Category.USAGE,
          "Invalid source index %s: expected a number from 0 on".formatted(Quoted.escape(typed)));
    }
    if (!NAME.matcher(typed).matches()) {
      throw new OciException(
          OciException.Category.USAGE, "Invalid image %s".formatted(Quoted.of(typed)));
    }
    return of(typed);
  }

  /// The full names that the name stands for, as it was typed; none where it is no name of an
  /// image.
  ///
  /// @param place of one that says no place of its own
  public List<Reference> references(String place) {
    return name == null
        ? List.of()
        : Reference.find(name.contains("/") ? name : place + name).stream().toList();
  }

  /// The name that an image gets when it is written; null for none.
  ///
  /// @param layout for messages
  public @Nullable String written(String layout) {
    if (position >= 0) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: a position can be read only; give a name".formatted(layout));
    }
    if (digest != null) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: a digest can be read only; give a name".formatted(layout));
    }
    return name;
  }

  /// The entry that is meant.
  ///
  /// @param layout for messages
  public Descriptor choose(Entries entries, String layout) {
    if (name != null) {
      return entries.named(name).orElseThrow(() -> missing(layout));
    }
    if (digest != null) {
      return entries.withDigest(digest).stream().findFirst().orElseThrow(() -> missing(layout));
    }
    if (position >= 0) {
      if (position >= entries.all().size()) {
        throw new OciException(
            OciException.Category.USAGE,
            "open %s: index %d is too large, only %d entries available"
                .formatted(layout, position, entries.all().size()));
      }
      return entries.all().get(position);
    }
    if (entries.images().size() != 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "open %s: it has %d images; choose an image by name, or by position as @0: %s"
              .formatted(
                  layout,
                  entries.images().size(),
                  Quoted.escape(String.join(", ", entries.names().toList()))));
    }
    return entries.images().getFirst();
  }

  private OciException missing(String layout) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open %s: no descriptor found for reference %s".formatted(layout, Quoted.of(toString())));
  }

  @Override
  public String toString() {
    return name != null
        ? name
        : digest != null ? "@" + digest : position >= 0 ? "@" + position : "";
  }
}
