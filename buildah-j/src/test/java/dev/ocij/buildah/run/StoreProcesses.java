package dev.ocij.buildah.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes of a store: those that it is named to, as monitors are, and those that see a root
/// of its containers, which is in its folder.
record StoreProcesses(Path folder) {
  private static final int LOOKS = 200;

  /// One of them.
  record Seen(long pid, String line) {
    boolean isMonitor() {
      return line.contains(".Monitor");
    }

    void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  List<Seen> now() {
    var found = new ArrayList<Seen>();
    for (var process : ProcessHandle.allProcesses().toList()) {
      var line = read(process.pid(), "cmdline").replace('\0', ' ');
      if (isOurs(line) || isOurs(read(process.pid(), "mountinfo"))) {
        found.add(new Seen(process.pid(), line));
      }
    }
    return found;
  }

  List<Seen> monitors() {
    return now().stream().filter(Seen::isMonitor).toList();
  }

  /// Those that are left after a while: one that ends, or was killed, needs a moment for it.
  List<Seen> left() throws InterruptedException {
    for (int i = 0; i < LOOKS && !now().isEmpty(); i++) {
      Thread.sleep(50); // Whose parent is another nobody can wait for.
    }
    return now();
  }

  private boolean isOurs(String text) {
    return text.contains(folder.toString());
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException _) {
      return ""; // It has ended, or is none of ours.
    }
  }
}
