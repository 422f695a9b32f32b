package dev.ocij.skopeo.cli;

import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Images that tests start from, as skopeo stored them: small, with compressed layers, and the same
/// in each form.
///
/// @param folder of the layout `start`, which holds `single` and `index`
record StartImages(Path folder) {
  static final String SINGLE = "single";
  static final String INDEX = "index";

  static StartImages in(Path folder) {
    var plain = new LayoutTransport();
    var members = List.of(SampleImage.oci(1), SampleImage.oci(2));
    try {
      try (var sink = plain.openSink(folder + "/plain:" + SINGLE)) {
        members.getFirst().putBlobs(sink);
        sink.commit(members.getFirst().manifest());
      }
      try (var sink = plain.openSink(folder + "/plain:" + INDEX)) {
        for (var member : members) {
          member.putBlobs(sink);
          sink.putMember(member.manifest());
        }
        sink.commit(SampleImage.index(members));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var start = new StartImages(folder);
    var skopeo = Tool.required("skopeo");
    for (var name : List.of(SINGLE, INDEX)) {
      skopeo.output(
          "--insecure-policy",
          "copy",
          "--all",
          "-q",
          "oci:%s/plain:%s".formatted(folder, name),
          start.oci(name));
    }
    return start;
  }

  /// The location of one of the images.
  String oci(String name) {
    return "oci:%s/start:%s".formatted(folder, name);
  }
}
