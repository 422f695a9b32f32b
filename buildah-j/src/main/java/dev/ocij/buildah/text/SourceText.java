package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Text of a Containerfile that knows where each of its characters was read. It never changes; line
/// continuations and comments inside it are already gone.
public final class SourceText implements CharSequence {
  private final SourceFile file;
  private final String value;

  /// The offset of each character in the file, and at last where the text ends.
  private final int[] offsets;

  private SourceText(SourceFile file, String value, int[] offsets) {
    this.file = file;
    this.value = value;
    this.offsets = offsets;
  }

  /// The text between two offsets of a file.
  public static SourceText of(SourceFile file, int from, int to) {
    var offsets = new int[to - from + 1];
    Arrays.setAll(offsets, i -> from + i);
    return new SourceText(file, file.text().substring(from, to), offsets);
  }

  /// These parts of one file, which are at least one, one behind the other.
  static SourceText join(List<SourceText> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var last = parts.getLast();
    var offsets = new int[parts.stream().mapToInt(SourceText::length).sum() + 1];
    int length = 0;
    for (var part : parts) {
      System.arraycopy(part.offsets, 0, offsets, length, part.length());
      length += part.length();
    }
    offsets[length] = last.offsets[last.length()];
    return new SourceText(last.file, String.join("", parts), offsets);
  }

  /// Other text that stands for this one, as a decoded string does for its quoted form; all of it
  /// is where this begins.
  public SourceText meaning(String decoded) {
    var same = new int[decoded.length() + 1];
    Arrays.fill(same, offsets[0]);
    return new SourceText(file, decoded, same);
  }

  /// Where the text begins.
  public Position at() {
    return at(0);
  }

  /// Where a character was read; the length gives the end.
  public Position at(int index) {
    return new Position(file, offsets[index]);
  }

  public SourceText substring(int from, int to) {
    return new SourceText(
        file, value.substring(from, to), Arrays.copyOfRange(offsets, from, to + 1));
  }

  public SourceText substring(int from) {
    return substring(from, length());
  }

  /// Without spaces at both ends.
  public SourceText strip() {
    int end = value.stripTrailing().length();
    int start = Math.min(end, length() - value.stripLeading().length());
    return substring(start, end);
  }

  /// The parts between spaces; quotes mean nothing here.
  public List<SourceText> words() {
    var words = new ArrayList<SourceText>();
    int start = -1;
    for (int i = 0; i <= length(); i++) {
      boolean space = i == length() || Character.isWhitespace(charAt(i));
      if (space && start >= 0) {
        words.add(substring(start, i));
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    return words;
  }

  public boolean contains(String part) {
    return value.contains(part);
  }

  /// What is wrong with this text, to be thrown.
  public ContainerfileException error(String found) {
    return new ContainerfileException(at(), found, "");
  }

  /// As [#error(String)], with what would help.
  public ContainerfileException error(String found, String help) {
    return new ContainerfileException(at(), found, help);
  }

  @Override
  public int length() {
    return value.length();
  }

  @Override
  public char charAt(int index) {
    return value.charAt(index);
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return substring(from, to);
  }

  /// The text alone.
  @Override
  public String toString() {
    return value;
  }
}
