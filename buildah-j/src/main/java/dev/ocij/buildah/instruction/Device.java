package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;

/// A device that `RUN --device` asks for, by its name in the Container Device Interface.
///
/// @param required whether the build fails where there is none
public record Device(String name, boolean required) {
  static Device parse(SourceText flag) {
    String name = "";
    boolean required = false;
    for (var field : Fields.split(flag)) {
      if (field.key().equals("required")) {
        required = field.truth();
      } else {
        name = field.key().equals("name") ? field.value().toString() : field.text().toString();
      }
    }
    if (name.isEmpty()) {
      throw flag.error("device without a name", "expected --device=VENDOR/CLASS=NAME[,required]");
    }
    return new Device(name, required);
  }
}
