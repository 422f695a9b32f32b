package dev.ocij.buildah.overlay;

import dev.ocij.image.Piped;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// What a container is to see and no layer gets, put on disk with the owners that it would have in
/// a layer. Each is named `content` in a folder of its own.
public final class LooseCopies {
  private static final String NAME = "content";

  private LooseCopies() {}

  /// Where the copy of a folder is; may not exist.
  public static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /// Copies what stands at an entry of a tree, with all below it.
  ///
  /// @param folder exists and is empty
  public static Path ofTree(Path folder, Tree tree, Entry entry) throws IOException {
    var additions = additions();
    new Placement(null, true, Placement.Mode.KEPT, _ -> false).copyAs(tree, entry, additions, NAME);
    return unpack(additions, folder);
  }

  /// As [#ofTree], for the content of a directory, which gets these attributes.
  public static Path ofDirectory(Path folder, Tree tree, Entry directory, Attributes attributes)
      throws IOException {
    var additions = additions();
    additions.put(Addition.of(Entry.directory(NAME, attributes)), attributes.owner());
    var placement = new Placement(null, true, Placement.Mode.KEPT, _ -> false);
    for (var child : tree.list(directory.path())) {
      placement.copyAs(tree, child, additions, NAME + "/" + child.name());
    }
    return unpack(additions, folder);
  }

  /// An empty directory.
  public static Path ofDirectory(Path folder, Attributes attributes) throws IOException {
    var additions = additions();
    additions.put(Addition.of(Entry.directory(NAME, attributes)), attributes.owner());
    return unpack(additions, folder);
  }

  public static Path ofFile(Path folder, byte[] content, Attributes attributes) throws IOException {
    var additions = additions();
    var entry = Entry.file(NAME, attributes, content.length);
    additions.put(new Addition(entry, () -> new ByteArrayInputStream(content)), attributes.owner());
    return unpack(additions, folder);
  }

  private static Additions additions() {
    return new Additions(LayeredTree.EMPTY, Instant.EPOCH);
  }

  private static Path unpack(Additions additions, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var tar =
        Piped.from(out -> {
          try (var layer = new LayerWriter(out)) {
            additions.write(layer, entry -> entry);
          }
        })) {
      new Unpacker(UnpackRules.ofThisProcess()).unpack(tar, folder);
    }
    return in(folder);
  }
}
