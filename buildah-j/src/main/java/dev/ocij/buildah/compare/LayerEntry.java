package dev.ocij.buildah.compare;

import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// An entry of a layer with the digest of its content.
record LayerEntry(Entry entry, Digest content) {
  private record Trait(String name, Function<LayerEntry, String> shown) {}

  private static final Trait MTIME =
      new Trait("mtime", e -> e.entry.attributes().mtime().toString());

  /// In the order in which they tell most.
  private static final List<Trait> TRAITS =
      List.of(
          new Trait("kind", e -> e.entry.type().name().toLowerCase(Locale.ROOT)),
          new Trait("content", e -> "%s of %d bytes".formatted(e.content, e.entry.size())),
          new Trait("link", e -> e.entry.target()),
          new Trait("device", e -> e.entry.device().toString()),
          new Trait("mode", e -> "%04o".formatted(e.entry.attributes().mode())),
          new Trait("owner", e -> e.entry.attributes().owner().toString()),
          new Trait("attributes", LayerEntry::xattrs));

  /// The first trait in which another entry of the same path differs.
  Optional<Difference> differenceTo(LayerEntry now, Times times) {
    return TRAITS.stream()
        .map(trait -> difference(trait, now))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> times == Times.COUNT ? difference(MTIME, now) : Optional.empty());
  }

  private Optional<Difference> difference(Trait trait, LayerEntry now) {
    var before = trait.shown.apply(this);
    var after = trait.shown.apply(now);
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(new Difference(trait.name, before, after));
  }

  private String xattrs() {
    var shown = new StringBuilder();
    entry
        .attributes()
        .xattrs()
        .forEach((name, value) ->
            shown.append(name).append('=').append(HexFormat.of().formatHex(value)).append(' '));
    return shown.isEmpty() ? Difference.NOTHING : shown.toString().strip();
  }
}
