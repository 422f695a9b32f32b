package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The last pass over an unpacked layer, from the leaves up: whiteouts take effect, which must not
/// depend on where they stood in the tar, and directories get modes and times.
final class TreeFinisher {
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);
  private static final String SELF = ".";

  private final Whiteouts whiteouts;
  private final AttributeWriter attributes;
  private final Function<String, Optional<Instant>> timeBefore;

  /// @param timeBefore what a directory of this path had before it was written to, if it was there
  TreeFinisher(
      Whiteouts whiteouts,
      AttributeWriter attributes,
      Function<String, Optional<Instant>> timeBefore) {
    this.whiteouts = whiteouts;
    this.attributes = attributes;
    this.timeBefore = timeBefore;
  }

  void finish(Directory directory, Node node) throws IOException {
    for (var child : node.children().entrySet()) {
      if (child.getValue().isDirectory()) {
        try (var open = directory.openDirectory(child.getKey())) {
          finish(open, child.getValue());
        }
      }
    }
    hide(directory, node);
    var before = timeBefore.apply(node.entry().path());
    if (node.isListed() || before.isEmpty() || whiteouts != Whiteouts.APPLIED) {
      attributes.write(directory, SELF, node.entry());
    } else {
      directory.setMtime(SELF, before.get());
    }
  }

  private void hide(Directory directory, Node node) throws IOException {
    if (node.isOpaque()) {
      hideAll(directory, node);
    }
    for (var name : node.whiteouts()) {
      var child = node.child(name);
      if (child == null) {
        remove(directory, name);
      } else if (child.isDirectory()) {
        try (var open = directory.openDirectory(name)) {
          hideAll(open, child);
        }
      }
    }
  }

  private void remove(Directory directory, String name) throws IOException {
    if (whiteouts == Whiteouts.APPLIED) {
      directory.deleteTree(name);
    } else {
      directory.createNode(name, FileStatus.CHARACTER, 0, 0);
    }
  }

  private void hideAll(Directory directory, Node node) throws IOException {
    if (whiteouts == Whiteouts.APPLIED) {
      keepOnly(directory, node);
    } else {
      directory.setXattr(SELF, whiteouts.xattr("opaque"), YES);
    }
  }

  /// Deletes what other layers have put here: all that this one does not hold itself.
  private static void keepOnly(Directory directory, Node node) throws IOException {
    for (var name : directory.list()) {
      var child = node.child(name);
      if (child == null) {
        directory.deleteTree(name);
      } else if (child.isDirectory()) {
        try (var open = directory.openDirectory(name)) {
          keepOnly(open, child);
        }
      }
    }
  }
}
