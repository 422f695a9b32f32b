package dev.ocij.buildah.overlay;

import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.rootless.Confinement;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a machine allows builds and containers, found by trying it.
///
/// @param findings what was tried, and what came of it
/// @param remedies what would help, the smallest step first; empty where nothing is missing
/// @param runs whether commands can be run in containers at all
public record Doctor(SequencedMap<String, String> findings, List<String> remedies, boolean runs) {

  /// Tries everything; nothing stays of it.
  public static Doctor examine(Store store) throws IOException {
    var isolation = Isolation.probe();
    var findings = new LinkedHashMap<String, String>();
    findings.put("builds without RUN", "yes, they need nothing");
    findings.put("containers", containers(isolation));
    findings.put("user ids", ids());
    var remedies = new ArrayList<>(isolation.obstacles());
    if (isolation.allowsMounts()) {
      boolean overlay = mountsOverlay(store, isolation);
      findings.put("overlay on " + store.root(), overlay ? "yes" : "no, trees are copied");
      if (!overlay) {
        remedies.add(
            "an overlay cannot be mounted there: put the store on ext4, xfs or btrfs with --root,"
                + " not on another overlay");
      }
    }
    return new Doctor(findings, remedies, isolation.confinement() != Confinement.NONE);
  }

  private static String containers(Isolation isolation) {
    return switch (isolation.confinement()) {
      case NAMESPACES -> "yes, in namespaces of their own";
      case NAMESPACES_WITHOUT_PID -> "yes, but they see the processes of the host";
      case CHROOT -> "yes, by a change of root alone";
      case NONE -> "no";
    };
  }

  private static String ids() {
    return IdMap.ofProcess("uid").contains(1) ? "many" : "one, to which all files belong";
  }

  private static boolean mountsOverlay(Store store, Isolation isolation) throws IOException {
    store.create();
    Files.createDirectories(store.containers());
    var directory = Files.createTempDirectory(store.containers(), "doctor-");
    try {
      var nothing = new StackedFolders(List.of(), UnpackRules.ofThisProcess());
      var overlay = KernelOverlay.prepare(directory, nothing);
      return isolation.mounts(overlay.mount(), overlay.rootfs());
    } finally {
      Trees.delete(directory);
    }
  }
}
