package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A mount of a container: runtime-spec, "Mounts".
///
/// @param destination absolute, in the root file system
/// @param type of the file system; `bind` for a file or folder of the host
/// @param source for `bind` absolute on the host
/// @param options those of mount(8), for the mount point (`ro`) and the file system (`size=64k`)
public record Mount(String destination, String type, String source, List<String> options)
    implements JsonForm {

  public Mount(
      String destination,
      @Nullable String type,
      @Nullable String source,
      @Nullable List<String> options) {
    this.options = Copies.of(options);
    boolean bind = this.options.contains("bind") || this.options.contains("rbind");
    this.destination = destination;
    this.type = bind ? "bind" : Objects.requireNonNullElse(type, "bind");
    this.source = Objects.requireNonNullElse(source, this.type);
  }

  static Mount from(FieldReader json) {
    return new Mount(
        json.required("destination"),
        json.text("type"),
        json.text("source"),
        json.texts("options"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .text("destination", destination)
        .text("type", type)
        .text("source", source)
        .list("options", options)
        .node();
  }

  public static Mount of(String destination, String type, String... options) {
    return new Mount(destination, type, type, List.of(options));
  }

  /// A file or folder of the host with all that is mounted below it.
  public static Mount bind(String source, String destination, String... options) {
    return new Mount(
        destination,
        "bind",
        source,
        Stream.concat(Stream.of("rbind"), Stream.of(options)).toList());
  }

  public boolean isBind() {
    return type.equals("bind");
  }
}
