package dev.ocij.layer;

/// What stands at one path of a layer or tree.
///
/// @param path relative to the root and normal: no empty, `.` or `..` component, no slash at either
///   end; the root itself is the empty string. Bytes that are no UTF-8 stand as in
///   [dev.ocij.linux.RawName]
/// @param size bytes of content; 0 unless a file
/// @param target where a symbolic link points, as written, or the path of the entry that a hard
///   link shares its content with; else empty
/// @param device numbers of a device, else [Device#NONE]
public record Entry(
    String path, Type type, Attributes attributes, long size, String target, Device device) {
  /// The kinds of entry that a layer can hold.
  public enum Type {
    FILE,
    DIRECTORY,
    SYMLINK,
    HARDLINK,
    CHARACTER,
    BLOCK,
    FIFO
  }

  public static Entry file(String path, Attributes attributes, long size) {
    return new Entry(path, Type.FILE, attributes, size, "", Device.NONE);
  }

  public static Entry directory(String path, Attributes attributes) {
    return new Entry(path, Type.DIRECTORY, attributes, 0, "", Device.NONE);
  }

  public static Entry symlink(String path, Attributes attributes, String target) {
    return new Entry(path, Type.SYMLINK, attributes, 0, target, Device.NONE);
  }

  /// Another name of the entry at `target`, a path as [#path()].
  public static Entry hardLink(String path, Attributes attributes, String target) {
    return new Entry(path, Type.HARDLINK, attributes, 0, target, Device.NONE);
  }

  public static Entry device(String path, Type type, Attributes attributes, Device device) {
    return new Entry(path, type, attributes, 0, "", device);
  }

  public static Entry fifo(String path, Attributes attributes) {
    return new Entry(path, Type.FIFO, attributes, 0, "", Device.NONE);
  }

  public boolean isFile() {
    return type == Type.FILE;
  }

  public boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  public boolean isSymlink() {
    return type == Type.SYMLINK;
  }

  public boolean isDevice() {
    return type == Type.CHARACTER || type == Type.BLOCK;
  }

  /// The last component; empty for the root.
  public String name() {
    return TreePath.name(path);
  }

  /// The path of the directory that this stands in; the root's is the root.
  public String parent() {
    return TreePath.parent(path);
  }

  public Entry withPath(String changed) {
    return new Entry(changed, type, attributes, size, target, device);
  }

  public Entry withAttributes(Attributes changed) {
    return new Entry(path, type, changed, size, target, device);
  }
}
