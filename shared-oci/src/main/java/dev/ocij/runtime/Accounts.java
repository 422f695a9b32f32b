package dev.ocij.runtime;

import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The users and groups of an image, from its `/etc/passwd` and `/etc/group`.
public final class Accounts {
  private final List<List<String>> passwd;
  private final List<List<String>> group;

  private Accounts(List<List<String>> passwd, List<List<String>> group) {
    this.passwd = passwd;
    this.group = group;
  }

  public static Accounts of(RootFiles files) {
    return new Accounts(lines(files, "/etc/passwd", 7), lines(files, "/etc/group", 4));
  }

  /// A user with home.
  public record Account(User user, String home) {}

  /// The account that `USER` names: `user`, `user:group`, each by name or number; nothing is root.
  ///
  /// Supplementary groups come from /etc/group only where no group is given. The primary group is
  /// always among them, as a login would have it: else a file that denies the group would not deny
  /// the user.
  public Account find(String name, List<String> extraGroups, @Nullable Integer umask) {
    int colon = name.indexOf(':');
    var wanted = colon < 0 ? name : name.substring(0, colon);
    var user = entry(passwd, wanted.isEmpty() ? "0" : wanted);
    int uid = user.map(line -> number(line.get(2))).orElseGet(() -> numeric(wanted, "user"));
    boolean hasGroup = colon >= 0 && colon < name.length() - 1;
    int gid =
        hasGroup ? gid(name.substring(colon + 1)) : user.map(line -> number(line.get(3))).orElse(0);
    var groups = new LinkedHashSet<Integer>();
    groups.add(gid);
    if (!hasGroup) {
      user.ifPresent(line -> groups.addAll(groupsOf(line.getFirst())));
    }
    extraGroups.forEach(group -> groups.add(gid(group)));
    var home = user.map(line -> line.get(5)).filter(path -> !path.isEmpty()).orElse("/");
    return new Account(new User(uid, gid, new ArrayList<>(groups), umask), home);
  }

  /// Whether a line of /etc/passwd is about this user.
  public boolean knows(int uid) {
    return first(passwd, line -> number(line.get(2)) == uid).isPresent();
  }

  /// Whether a line of /etc/group is about this group.
  public boolean knowsGroup(int gid) {
    return first(group, line -> number(line.get(2)) == gid).isPresent();
  }

  private int gid(String name) {
    return entry(group, name)
        .map(line -> number(line.get(2)))
        .orElseGet(() -> numeric(name, "group"));
  }

  private List<Integer> groupsOf(String user) {
    return group.stream()
        .filter(line -> List.of(line.get(3).split(",")).contains(user))
        .map(line -> number(line.get(2)))
        .toList();
  }

  /// By name first: a user may be called by a number.
  private static Optional<List<String>> entry(List<List<String>> lines, String name) {
    return first(lines, line -> line.getFirst().equals(name))
        .or(() -> first(lines, line -> line.get(2).equals(name)));
  }

  private static Optional<List<String>> first(
      List<List<String>> lines, Predicate<List<String>> condition) {
    return lines.stream().filter(condition).findFirst();
  }

  private static int numeric(String name, String kind) {
    if (name.isEmpty()) {
      return 0;
    }
    int number = number(name);
    if (number < 0) {
      throw new OciException(
          Category.NOT_FOUND,
          "find %s %s: no matching entries in /etc/%s of the image"
              .formatted(kind, Quoted.of(name), kind.equals("user") ? "passwd" : "group"));
    }
    return number;
  }

  /// −1 where it is no id.
  private static int number(String text) {
    try {
      return text.startsWith("+") ? -1 : Math.max(-1, Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Lines that are no entries are passed over, as the C library does.
  private static List<List<String>> lines(RootFiles files, String path, int fields) {
    return files
        .read(path)
        .orElse("")
        .lines()
        .map(line -> List.of(line.split(":", -1)))
        .filter(line -> line.size() >= fields && number(line.get(2)) >= 0)
        .filter(line -> fields < 7 || number(line.get(3)) >= 0)
        .toList();
  }
}
