package dev.ocij.store;

import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.util.List;

/// A process that writes images into a layout: `directory prefix first count`.
final class LayoutWriter {
  private LayoutWriter() {}

  public static void main(String[] args) throws IOException {
    int first = Integer.parseInt(args[2]);
    for (int i = first; i < first + Integer.parseInt(args[3]); i++) {
      var image = SampleImage.oci(i);
      try (var sink = new LayoutTransport().openSink(args[0] + ":" + args[1] + i)) {
        image.putBlobs(sink);
        sink.commit(image.manifest());
      }
    }
  }

  /// The same in a process of its own.
  static ProcessBuilder process(String directory, String prefix, int first, int count) {
    var java = ProcessHandle.current().info().command().orElseThrow();
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LayoutWriter.class.getName(),
                directory,
                prefix,
                String.valueOf(first),
                String.valueOf(count)))
        .inheritIO();
  }
}
