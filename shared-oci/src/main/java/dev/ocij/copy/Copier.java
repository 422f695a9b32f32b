package dev.ocij.copy;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.transport.Transports;
import java.io.IOException;
import java.nio.file.FileSystemException;

/// The copy flow, from a location to a location.
///
/// @param sources the transports that images are read by
/// @param sinks the transports that images are written by, with the destination's own options
public record Copier(Transports sources, Transports sinks, Progress progress) {
  /// Copies an image. Nothing that the policy did not accept is written, and nothing is visible at
  /// the destination before all of it is there.
  ///
  /// @return what the destination's name leads to
  /// @throws OciException of category `NOT_FOUND` where the source has no such image, and for
  ///   nothing else that is missing
  public Descriptor copy(CopyRequest request) throws IOException {
    sinks.of(request.to());
    try (var source = sources.openSource(request.from())) {
      progress.readingSignatures();
      var selected = request.selection().from(source.read());
      var accepted = new Gate(request.policy(), source).accept(selected);
      try (var sink = sinks.openSink(request.to())) {
        var carrier = new Carrier(request, source, sink, progress);
        var edited = carrier.fit(accepted);
        var written = edited.write(carrier);
        return carrier.commit(accepted, written);
      } catch (OciException e) {
        throw e.beyondTheImage();
      } catch (IOException e) {
        throw during(request, e);
      }
    }
  }

  /// The system tells what failed, and neither what was done nor always where.
  private static IOException during(CopyRequest request, IOException e) {
    return e.getClass().equals(IOException.class) || e instanceof FileSystemException
        ? new IOException(
            "copy %s to %s: %s".formatted(request.from(), request.to(), Reason.withFile(e)), e)
        : e;
  }

  /// What [#copy] would read, if the policy accepts it. Nothing is opened for writing.
  ///
  /// @return the source's descriptor of what was selected
  public Descriptor check(CopyRequest request) throws IOException {
    try (var source = sources.openSource(request.from())) {
      sinks.of(request.to());
      var selected = request.selection().from(source.read());
      var document = source.candidate(selected).document();
      var _ = new Gate(request.policy(), source).accept(selected);
      return document.descriptor();
    }
  }
}
