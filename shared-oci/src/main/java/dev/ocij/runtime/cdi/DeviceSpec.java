package dev.ocij.runtime.cdi;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Map;

/// One file of a vendor.
///
/// @param edits for each of its devices
record DeviceSpec(String kind, DeviceEdits edits, List<Device> devices) {
  private static final String CLASS = "org.mobyproject.buildkit.device.class";

  DeviceSpec {
    devices = List.copyOf(devices);
  }

  /// @param annotations of the device
  record Device(String name, Map<String, String> annotations, DeviceEdits edits) {
    private static Device from(FieldReader json) {
      return new Device(json.required("name"), json.textMap("annotations"), editsOf(json));
    }

    boolean isOfClass(String name) {
      return name.equals(annotations.get(CLASS));
    }
  }

  static DeviceSpec from(FieldReader json) {
    json.required("cdiVersion");
    var kind = json.required("kind");
    if (!DeviceName.isKind(kind)) {
      throw new OciException(
          OciException.Category.INVALID,
          "\"kind\": expected VENDOR/CLASS, got %s".formatted(Quoted.of(kind)));
    }
    return new DeviceSpec(kind, editsOf(json), json.objects("devices", Device::from));
  }

  private static DeviceEdits editsOf(FieldReader json) {
    var edits = json.object("containerEdits", DeviceEdits::from);
    return edits == null ? DeviceEdits.NOTHING : edits;
  }
}
