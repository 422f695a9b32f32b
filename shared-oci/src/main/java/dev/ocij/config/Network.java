package dev.ocij.config;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// Networks as `NO_PROXY` names them: `10.0.0.0/8`.
final class Network {
  private static final Pattern FORM = Pattern.compile("([0-9a-f.:]+)/([0-9]{1,3})");

  private Network() {}

  /// Whether this names a network, and the host is given by an address in it.
  static boolean holds(String network, String host) {
    var matcher = FORM.matcher(network);
    if (!matcher.matches()) {
      return false;
    }
    try {
      var base = InetAddress.ofLiteral(matcher.group(1)).getAddress();
      var address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getAddress();
      return base.length == address.length
          && isSame(base, address, Integer.parseInt(matcher.group(2)));
    } catch (IllegalArgumentException _) {
      return false; // a name, or no network
    }
  }

  private static boolean isSame(byte[] one, byte[] other, int bits) {
    for (int bit = 0; bit < Math.min(bits, one.length * Byte.SIZE); bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
