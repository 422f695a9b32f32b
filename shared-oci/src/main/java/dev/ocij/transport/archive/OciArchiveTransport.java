package dev.ocij.transport.archive;

import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import dev.ocij.transport.PathScopes;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.layout.LayoutLocation;
import dev.ocij.transport.layout.LayoutSink;
import dev.ocij.transport.layout.LayoutSource;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.trust.ImageIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `oci-archive:path[:name|:@position]`, a tar of an OCI layout. Writing replaces the whole file.
///
/// @param temporary the directory for temporary files
/// @param plainLayers whether layers may be written without compression
public record OciArchiveTransport(Path temporary, boolean plainLayers) implements Transport {
  private static final int MODE = 0644;

  public OciArchiveTransport(Path temporary) {
    this(temporary, false);
  }

  @Override
  public String name() {
    return "oci-archive";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var tar = TarFile.open(location.path(), temporary);
    try {
      var entries = Entries.parse(tar.read("index.json"), shown(rest) + ", index.json");
      var chosen = location.image().choose(entries, shown(rest));
      return new LayoutSource(
          new ImageIdentity(name(), null, scopes(location.path())),
          ArchivedImage.names(chosen),
          entries,
          chosen,
          blob -> tar.open(ArchiveLayout.path(blob.digest())),
          tar);
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw e;
    }
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var name = location.image().written(shown(rest));
    return new LayoutSink(
        shown(rest),
        ArchiveLayout.begin(TarOutput.open(location.path(), MODE, temporary)),
        name,
        LayoutTransport.accepting(plainLayers));
  }

  /// A pipe has no place that a policy could name.
  private static List<String> scopes(Path path) throws IOException {
    return Files.isRegularFile(path) ? PathScopes.of(path) : List.of();
  }

  private String shown(String rest) {
    return name() + ":" + Quoted.escape(rest);
  }
}
