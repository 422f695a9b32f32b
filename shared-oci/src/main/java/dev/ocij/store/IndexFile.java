package dev.ocij.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An `index.json` that is changed as a tree, so that fields and entries of others stay.
final class IndexFile {
  private final ObjectNode root;
  private final ArrayNode manifests;

  private IndexFile(ObjectNode root) {
    this.root = root;
    this.manifests =
        root.path("manifests") instanceof ArrayNode array ? array : root.putArray("manifests");
  }

  static IndexFile empty() {
    return new IndexFile(
        Json.object().put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.value()));
  }

  static IndexFile parse(byte[] bytes, String what) {
    if (Json.readTree(bytes, what) instanceof ObjectNode object) {
      return new IndexFile(object);
    }
    throw new OciException(
        OciException.Category.INVALID, "read %s: no JSON object".formatted(what));
  }

  /// Adds an entry. One of the same name is replaced; one without a name is added unless the digest
  /// has an entry already.
  void put(Descriptor entry) {
    var name = Entries.name(entry);
    JsonNode added = Json.tree(entry);
    if (name == null) {
      addUnless(added, there -> text(there, "digest").equals(entry.digest().toString()));
      return;
    }
    int position = manifests.size();
    for (int i = manifests.size() - 1; i >= 0; i--) {
      if (name.equals(nameOf(manifests.get(i)))) {
        manifests.remove(i);
        position = i;
      }
    }
    manifests.insert(position, added);
  }

  /// As [#put]; what loses its last name stays as an entry without one, and what gets a first name
  /// loses the entry without one.
  void putKeeping(Descriptor entry) {
    var name = Entries.name(entry);
    var before = name == null || Entries.isAttached(entry) ? List.<JsonNode>of() : named(name);
    put(entry);
    if (name != null) {
      removeIf(there -> nameOf(there) == null && isOf(there, entry.digest().toString()));
    }
    for (var lost : before) {
      addUnless(nameless(lost), there -> isOf(there, text(lost, "digest")));
    }
  }

  /// Takes the name from an entry; an image without another one stays, without a name.
  void unname(Descriptor entry) {
    var kept = nameless(Json.tree(entry));
    if (remove(entry)) {
      addUnless(kept, there -> isOf(there, entry.digest().toString()));
    }
  }

  private List<JsonNode> named(String name) {
    var found = new ArrayList<JsonNode>();
    manifests.forEach(there -> {
      if (name.equals(nameOf(there))) {
        found.add(there);
      }
    });
    return found;
  }

  private static JsonNode nameless(JsonNode entry) {
    ObjectNode copy = entry.deepCopy();
    if (copy.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(Descriptor.REF_NAME);
      if (annotations.isEmpty()) {
        copy.remove("annotations");
      }
    }
    return copy;
  }

  private void removeIf(Predicate<JsonNode> condition) {
    for (int i = manifests.size() - 1; i >= 0; i--) {
      if (condition.test(manifests.get(i))) {
        manifests.remove(i);
      }
    }
  }

  private static boolean isOf(JsonNode entry, String digest) {
    return text(entry, "digest").equals(digest);
  }

  /// Removes the entries of this digest and name, or of this digest without a name.
  ///
  /// @return whether there was one
  boolean remove(Descriptor entry) {
    var name = Entries.name(entry);
    int before = manifests.size();
    for (int i = before - 1; i >= 0; i--) {
      var there = manifests.get(i);
      boolean named = name == null ? nameOf(there) == null : name.equals(nameOf(there));
      if (named && text(there, "digest").equals(entry.digest().toString())) {
        manifests.remove(i);
      }
    }
    return manifests.size() < before;
  }

  byte[] bytes() {
    return Json.write(root);
  }

  private void addUnless(JsonNode added, Predicate<JsonNode> same) {
    for (var there : manifests) {
      if (same.test(there)) {
        return;
      }
    }
    manifests.add(added);
  }

  private static @Nullable String nameOf(JsonNode entry) {
    var name = entry.path("annotations").path(Descriptor.REF_NAME);
    return name.isTextual() ? name.textValue() : null;
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asText("");
  }
}
