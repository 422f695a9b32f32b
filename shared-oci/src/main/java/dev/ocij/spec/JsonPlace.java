package dev.ocij.spec;

import org.jspecify.annotations.Nullable;

/// Where a value stands in a document, as `manifests[2].digest`. It is written out only where
/// something is wrong there: an index of a thousand images has ten thousand places.
///
/// @param outer what the value is in; null for the document itself
/// @param name of the field; empty for an element of a list
/// @param position in the list
record JsonPlace(@Nullable JsonPlace outer, String name, int position) {
  static final JsonPlace DOCUMENT = new JsonPlace(null, "", 0);

  JsonPlace field(String field) {
    return new JsonPlace(this, field, 0);
  }

  JsonPlace element(int index) {
    return new JsonPlace(this, "", index);
  }

  @Override
  public String toString() {
    if (outer == null) {
      return "";
    }
    var before = outer.toString();
    if (name.isEmpty()) {
      return before + "[" + position + "]";
    }
    return before.isEmpty() ? name : before + "." + name;
  }
}
