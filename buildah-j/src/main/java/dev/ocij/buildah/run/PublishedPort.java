package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A port of a container that is one of the host's too.
///
/// @param hostIp where the host listens
/// @param hostPort 0 for one that is free
/// @param protocol `tcp` or `udp`
public record PublishedPort(String hostIp, int hostPort, int containerPort, String protocol) {
  private static final String EVERYWHERE = "0.0.0.0";
  private static final int LAST = 65535;
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(?:(?<ip>\\[[0-9a-fA-F:]+]|[0-9.]*):)?(?<host>[0-9]*(?:-[0-9]+)?):)?"
              + "(?<container>[0-9]+(?:-[0-9]+)?)(?:/(?<protocol>[a-z]+))?");

  /// `[[IP:][HOSTPORT]:]PORT[/PROTOCOL]`, where a port may be a range.
  ///
  /// @throws OciException of category `USAGE` where it is none
  public static List<PublishedPort> parse(String text) {
    var found = TEXT.matcher(text);
    if (!found.matches()) {
      throw invalid(text, "expected [[IP:][HOSTPORT]:]PORT[/PROTOCOL]");
    }
    var protocol = found.group("protocol") == null ? "tcp" : found.group("protocol");
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw invalid(text, "the protocol is tcp or udp");
    }
    var ip =
        found.group("ip") == null || found.group("ip").isEmpty() ? EVERYWHERE : found.group("ip");
    var inside = range(found.group("container"), text);
    var outside = outside(found.group("host"), inside.length, text);
    if (outside.length != inside.length) {
      throw invalid(text, "the ranges have different lengths");
    }
    var all = new ArrayList<PublishedPort>();
    for (int i = 0; i < inside.length; i++) {
      all.add(new PublishedPort(ip, outside[i], inside[i], protocol));
    }
    return all;
  }

  /// Without a port of the host, or with port 0, any that is free.
  private static int[] outside(@Nullable String given, int length, String whole) {
    return given == null || given.isEmpty() || given.equals("0")
        ? new int[length]
        : range(given, whole);
  }

  private static int[] range(String text, String whole) {
    var ends = text.split("-");
    int first = number(ends[0], whole);
    int last = ends.length == 2 ? number(ends[1], whole) : first;
    if (last < first) {
      throw invalid(whole, "the range ends before it begins");
    }
    return IntStream.rangeClosed(first, last).toArray();
  }

  private static int number(String text, String whole) {
    int port = text.length() > 5 ? LAST + 1 : Integer.parseInt(text);
    if (port < 1 || port > LAST) {
      throw invalid(whole, "ports are from 1 to " + LAST);
    }
    return port;
  }

  /// Itself, or with a free port of this machine where any was asked for.
  public PublishedPort chosen() {
    return hostPort != 0 ? this : new PublishedPort(hostIp, free(), containerPort, protocol);
  }

  /// Somebody else may take it before it is used; then the start says so.
  private int free() {
    try {
      if (protocol.equals("udp")) {
        try (var socket = new DatagramSocket(0)) {
          return socket.getLocalPort();
        }
      }
      try (var socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "publish port %s: no port of this machine is free: %s".formatted(this, Reason.of(e)),
          e);
    }
  }

  /// The port in the container, as `80/tcp`.
  public String inside() {
    return containerPort + "/" + protocol;
  }

  /// Where the host listens, as `0.0.0.0:8080`.
  public String outside() {
    return hostIp + ":" + hostPort;
  }

  /// As [#parse] reads it.
  @Override
  public String toString() {
    return "%s:%s:%d/%s".formatted(hostIp, hostPort == 0 ? "" : hostPort, containerPort, protocol);
  }

  private static OciException invalid(String text, String expected) {
    return new OciException(
        OciException.Category.USAGE, "invalid port %s: %s".formatted(Quoted.of(text), expected));
  }
}
