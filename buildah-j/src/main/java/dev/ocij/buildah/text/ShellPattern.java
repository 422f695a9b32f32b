package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pattern in `${v#p}` and its kin: `*` is any run of characters, `?` any one, anything behind
/// the escape character itself. Matching takes time in proportion to text and pattern, not more.
///
/// @param segments what stands between the stars: characters, or [#ANY]
record ShellPattern(List<List<Integer>> segments) {
  private static final int ANY = -1;

  static ShellPattern parse(String text, char escape) {
    var segments = new ArrayList<List<Integer>>();
    var segment = new ArrayList<Integer>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        segments.add(segment);
        segment = new ArrayList<>();
      } else if (c == escape && i + 1 < text.length()) {
        i++;
        segment.add((int) text.charAt(i));
      } else {
        segment.add(c == '?' ? ANY : (int) c);
      }
    }
    segments.add(segment);
    return new ShellPattern(segments);
  }

  /// The text without its shortest or longest beginning that matches.
  String withoutPrefix(String text, boolean longest) {
    int end = end(text, 0, longest);
    return end < 0 ? text : text.substring(end);
  }

  /// The text without its shortest or longest end that matches.
  String withoutSuffix(String text, boolean longest) {
    var mirrored = segments.reversed().stream().map(List::reversed).toList();
    return reverse(new ShellPattern(mirrored).withoutPrefix(reverse(text), longest));
  }

  /// The text with the first match, or every one, replaced; the longest from where it begins.
  String replace(String text, String replacement, boolean all) {
    var out = new StringBuilder();
    int kept = 0;
    for (var match = find(text, 0); match != null; match = find(text, kept)) {
      out.append(text, kept, match.start()).append(replacement);
      kept = match.end();
      if (!all) {
        break;
      }
    }
    return out.append(text.substring(kept)).toString();
  }

  private record Match(int start, int end) {}

  private @Nullable Match find(String text, int from) {
    var first = segments.getFirst();
    for (int at = indexOf(first, text, from); at >= 0; at = indexOf(first, text, at + 1)) {
      int end = end(text, at, true);
      if (end > at) {
        return new Match(at, end);
      }
      if (end < 0) {
        return null;
      }
    }
    return null;
  }

  /// Where a match ends that begins here, or -1.
  private int end(String text, int start, boolean longest) {
    if (!standsAt(segments.getFirst(), text, start)) {
      return -1;
    }
    int end = start + segments.getFirst().size();
    for (int i = 1; i < segments.size(); i++) {
      var segment = segments.get(i);
      boolean furthest = longest && i == segments.size() - 1;
      int at = furthest ? lastIndexOf(segment, text, end) : indexOf(segment, text, end);
      if (at < 0) {
        return -1;
      }
      end = at + segment.size();
    }
    return end;
  }

  private static int indexOf(List<Integer> segment, String text, int from) {
    for (int at = from; at + segment.size() <= text.length(); at++) {
      if (standsAt(segment, text, at)) {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOf(List<Integer> segment, String text, int from) {
    for (int at = text.length() - segment.size(); at >= from; at--) {
      if (standsAt(segment, text, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean standsAt(List<Integer> segment, String text, int at) {
    if (at + segment.size() > text.length()) {
      return false;
    }
    for (int i = 0; i < segment.size(); i++) {
      int wanted = segment.get(i);
      if (wanted != ANY && wanted != text.charAt(at + i)) {
        return false;
      }
    }
    return true;
  }

  private static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
