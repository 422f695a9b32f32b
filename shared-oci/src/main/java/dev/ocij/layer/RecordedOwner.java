package dev.ocij.layer;

import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The owner of a file where only one id may be used: text like `1000:50` in an attribute of ours.
final class RecordedOwner {
  static final String XATTR = "user.ocij.owner";

  private RecordedOwner() {}

  static byte[] write(Owner owner) {
    return owner.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// The recorded owner; root where there is no record.
  static Owner read(Map<String, byte[]> xattrs) {
    var recorded = xattrs.get(XATTR);
    if (recorded == null) {
      return Owner.ROOT;
    }
    var text = new String(recorded, StandardCharsets.US_ASCII);
    if (!text.matches("[0-9]{1,10}:[0-9]{1,10}")) {
      throw new OciException(
          OciException.Category.INVALID, "attribute %s: it holds no owner".formatted(XATTR));
    }
    var ids = text.split(":");
    return new Owner(Long.parseLong(ids[0]), Long.parseLong(ids[1]));
  }
}
