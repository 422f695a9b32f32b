package dev.ocij.runtime.cdi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.spec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The devices that vendors describe on this machine. Files are read when a name is looked for.
///
/// @param folders where they do; what a later one says of a device counts
public record DeviceSpecs(List<Path> folders) {
  /// Where everybody looks.
  public static final DeviceSpecs USUAL =
      new DeviceSpecs(List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi")));

  public DeviceSpecs {
    folders = List.copyOf(folders);
  }

  /// What a container gets for the devices that are meant.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is none
  public DeviceEdits require(DeviceName wanted) {
    return find(wanted)
        .orElseThrow(() ->
            new OciException(
                OciException.Category.NOT_FOUND,
                "find device %s: no file in %s describes it"
                    .formatted(
                        Quoted.of(wanted.toString()),
                        folders.stream().map(Path::toString).collect(Collectors.joining(" or ")))));
  }

  /// As [#require]; empty where there is none.
  ///
  /// @throws OciException where a file cannot be read, or two of a folder describe the same device
  public Optional<DeviceEdits> find(DeviceName wanted) {
    var found = new LinkedHashMap<String, Described>();
    for (var folder : folders) {
      find(wanted, folder)
          .forEach((name, each) -> {
            found.remove(name);
            found.put(name, each);
          });
    }
    boolean all = wanted.device().equals(DeviceName.ALL);
    // What a file says of all its devices is said once.
    var parts =
        found.values().stream()
            .limit(all ? found.size() : 1)
            .collect(
                Collectors.groupingBy(Described::spec, LinkedHashMap::new, Collectors.toList()));
    return parts.entrySet().stream()
        .map(part ->
            part.getValue().stream()
                .map(each -> each.device().edits())
                .reduce(part.getKey().edits(), DeviceEdits::and))
        .reduce(DeviceEdits::and);
  }

  /// A device, and the file that describes it.
  private record Described(DeviceSpec spec, DeviceSpec.Device device, Path file) {}

  /// By their full names.
  private static Map<String, Described> find(DeviceName wanted, Path folder) {
    var found = new LinkedHashMap<String, Described>();
    for (var file : files(folder)) {
      var spec = read(file);
      for (var device : spec.devices()) {
        var name = new DeviceName(spec.kind(), device.name());
        if (isMeant(wanted, name, device)) {
          var other = found.put(name.toString(), new Described(spec, device, file));
          if (other != null) {
            throw new OciException(
                OciException.Category.INVALID,
                "find device %s: both %s and %s describe it; remove one"
                    .formatted(Quoted.of(name.toString()), other.file(), file));
          }
        }
      }
    }
    return found;
  }

  private static boolean isMeant(DeviceName wanted, DeviceName name, DeviceSpec.Device device) {
    if (wanted.isClass()) {
      return device.isOfClass(wanted.kind());
    }
    boolean any = wanted.device().isEmpty() || wanted.device().equals(DeviceName.ALL);
    return any ? wanted.kind().equals(name.kind()) : wanted.equals(name);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.toString().matches(".*\\.(json|ya?ml)")).sorted().toList();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static DeviceSpec read(Path file) {
    var what = "device specification " + Quoted.of(file.toString());
    try {
      var bytes = Files.readAllBytes(file);
      if (file.toString().endsWith(".json")) {
        return Json.read(bytes, DeviceSpec::from, what);
      }
      var tree = Yaml.read(bytes, new TypeReference<JsonNode>() {}, what);
      return read(tree, what);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static DeviceSpec read(JsonNode tree, String what) {
    try {
      return DeviceSpec.from(FieldReader.of(tree));
    } catch (OciException e) {
      throw e.during("read " + what);
    }
  }

  private static OciException failed(Path place, IOException e) {
    return new OciException(
        OciException.Category.IO, "read %s: %s".formatted(place, Reason.of(e)), e);
  }
}
