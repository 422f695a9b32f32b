package dev.ocij.transport.daemon;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.archive.DockerArchiveStream;
import dev.ocij.transport.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `docker-daemon:name:tag` and, to read, `docker-daemon:sha256:id`.
///
/// An image is in a temporary file while it is read or written: a daemon gives and takes it in one
/// piece.
///
/// @param host as `unix:///path`, `tcp://host:port` or `http://host:port`; null for the usual place
/// @param options with the certificates of a daemon that speaks TLS
/// @param temporary the directory for temporary files
public record DaemonTransport(@Nullable String host, RegistryOptions options, Path temporary)
    implements Transport {
  static final String NAME = "docker-daemon";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var location = DaemonLocation.parse(rest);
    var source =
        new DockerArchiveStream(shown(rest), temporary)
            .source(() -> client().save(location.typed()), location.identity());
    try {
      requireDigest(source, location.identity().reference());
      return source;
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    if (!(DaemonLocation.parse(rest).identity().reference() instanceof Reference.Tagged tagged)) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: a destination must be a name:tag".formatted(shown(rest)));
    }
    return new DockerArchiveStream(shown(rest), temporary)
        .sink(List.of(tagged), (archive, size) -> client().load(new ArchiveBody(archive, size)));
  }

  /// An archive has no manifest: a digest is that of the one which the peers make for it.
  private static void requireDigest(Source source, @Nullable Reference reference)
      throws IOException {
    if (reference instanceof Reference.Digested digested) {
      var _ = source.document().verified(digested.digest());
    }
  }

  private DaemonClient client() {
    var parsed = DaemonHost.parse(host == null ? DaemonHost.DEFAULT : host);
    return new DaemonClient(parsed, DaemonConnection.open(parsed, options), options.userAgent());
  }

  private String shown(String rest) {
    return NAME + ":" + Quoted.escape(rest);
  }
}
