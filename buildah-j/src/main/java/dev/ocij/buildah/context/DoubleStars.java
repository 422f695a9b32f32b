package dev.ocij.buildah.context;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a line of an ignore file apart, so that each `**` is a component of its own.
///
/// To Docker `**`, with the slash behind it, is any number of directories, or nothing: `a**b` is
/// `ab` and `a*/**/b`. At the end it is any text: `a**` is `a*`. At the beginning it is that, too,
/// where nothing behind it has a meaning: `**.md` is `**/*.md`, and `**.m[de]` is `**/.m[de]`.
final class DoubleStars {
  private static final String ANY = "**";
  private static final Pattern PLAIN_END =
      Pattern.compile("\\*\\*[^/*?\\[\\]\\\\][^*?\\[\\]\\\\]*");

  /// Each one inside of a component doubles the patterns.
  private static final int MOST = 64;

  private DoubleStars() {}

  /// The patterns, one of which must match.
  ///
  /// @param pattern without empty components, and with one at least
  /// @return none where they were too many
  static List<String> apart(String pattern) {
    if (PLAIN_END.matcher(pattern).matches()) {
      return List.of("**/*" + pattern.substring(ANY.length()));
    }
    var done = List.of("");
    int index = 0;
    while (index < pattern.length() && done.size() <= MOST) {
      if (pattern.startsWith(ANY, index)) {
        index += ANY.length();
        index += pattern.startsWith("/", index) ? 1 : 0;
        done = continued(done, index == pattern.length());
      } else {
        int end = Math.min(pattern.length(), index + (pattern.charAt(index) == '\\' ? 2 : 1));
        var plain = pattern.substring(index, end);
        done = done.stream().map(each -> each + plain).toList();
        index = end;
      }
    }
    return done.size() <= MOST ? done : List.of();
  }

  private static List<String> continued(List<String> done, boolean atEnd) {
    var more = new ArrayList<String>();
    for (var each : done) {
      boolean begins = each.isEmpty() || each.endsWith("/");
      if (atEnd) {
        more.add(each + (begins ? ANY : "*"));
      } else if (begins) {
        more.add(each + "**/");
      } else {
        more.add(each);
        more.add(each + "*/**/");
      }
    }
    return more;
  }
}
