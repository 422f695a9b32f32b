package dev.ocij.layer;

import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What stands in attributes of ours where only one id may be used and no device be made: the owner
/// of a file as text like `1000:50`, and that an empty file is a device, like `c 1:3`.
public final class FileRecord {
  public static final String OWNER = "user.ocij.owner";
  public static final String DEVICE = "user.ocij.device";

  private static final Pattern OWNERS = Pattern.compile("([0-9]{1,10}):([0-9]{1,10})");
  private static final Pattern DEVICES = Pattern.compile("([bc]) ([0-9]{1,9}):([0-9]{1,9})");

  private FileRecord() {}

  /// @param type one of the two kinds of device
  public record RecordedDevice(Entry.Type type, Device device) {}

  public static byte[] write(Owner owner) {
    return owner.toString().getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] write(Entry.Type type, Device device) {
    return "%s %d:%d"
        .formatted(type == Entry.Type.BLOCK ? "b" : "c", device.major(), device.minor())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Empty where the text is no record.
  public static Optional<Owner> parseOwner(byte[] value) {
    var text = OWNERS.matcher(new String(value, StandardCharsets.US_ASCII));
    return text.matches()
        ? Optional.of(new Owner(Long.parseLong(text.group(1)), Long.parseLong(text.group(2))))
        : Optional.empty();
  }

  /// As [#parseOwner].
  public static Optional<RecordedDevice> parseDevice(byte[] value) {
    var text = DEVICES.matcher(new String(value, StandardCharsets.US_ASCII));
    return text.matches()
        ? Optional.of(
            new RecordedDevice(
                text.group(1).equals("b") ? Entry.Type.BLOCK : Entry.Type.CHARACTER,
                new Device(Integer.parseInt(text.group(2)), Integer.parseInt(text.group(3)))))
        : Optional.empty();
  }

  /// The recorded owner; root where there is no record.
  static Owner owner(Map<String, byte[]> xattrs) {
    var recorded = xattrs.get(OWNER);
    return recorded == null
        ? Owner.ROOT
        : parseOwner(recorded).orElseThrow(() -> malformed(OWNER, "owner"));
  }

  /// What an empty file stands for, where it does.
  static Optional<RecordedDevice> device(Map<String, byte[]> xattrs) {
    var recorded = xattrs.get(DEVICE);
    return recorded == null
        ? Optional.empty()
        : Optional.of(parseDevice(recorded).orElseThrow(() -> malformed(DEVICE, "device")));
  }

  private static OciException malformed(String attribute, String what) {
    return new OciException(
        OciException.Category.INVALID, "attribute %s: it holds no %s".formatted(attribute, what));
  }
}
