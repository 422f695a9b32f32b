package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.edit.Edits;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The images that a build starts from or copies from, each opened once, none without the policy.
///
/// A name without a transport is one of the local store, or of a registry, which then is copied to
/// the store. Open sources are closed with this.
final class BaseImages implements Closeable {
  private static final String LOCAL = "containers-storage";
  private static final String REGISTRY = "docker";

  private final Transports transports;
  private final Policy policy;
  private final Platform platform;
  private final BuildRequest.Pull pull;
  private final Map<String, StageImage> opened = new ConcurrentHashMap<>();
  private final List<Source> sources = new ArrayList<>();

  BaseImages(Transports transports, Policy policy, Platform platform, BuildRequest.Pull pull) {
    this.transports = transports;
    this.policy = policy;
    this.platform = platform;
    this.pull = pull;
  }

  /// The image that a Containerfile names.
  synchronized StageImage open(String name) throws IOException {
    var known = opened.get(name);
    if (known != null) {
      return known;
    }
    var source = source(name);
    sources.add(source);
    var image = open(source);
    opened.put(name, image);
    return image;
  }

  private StageImage open(Source source) throws IOException {
    var selected = new Selection.Single(platform).from(source.read());
    // What is in the store was judged when it came there.
    var accepted =
        source.identity().transport().equals(LOCAL)
            ? selected
            : policy.evaluate(source.candidate(selected)).orThrow();
    var original = accepted.original();
    var digest = original == null ? "" : original.digest().toString();
    var reference = source.identity().reference();
    return StageImage.of((Image) Edits.asOci().apply(accepted))
        .withBase(reference == null ? "" : reference.toString(), digest);
  }

  private Source source(String name) throws IOException {
    if (hasTransport(name)) {
      var location = Location.parse(name);
      return location.transport().equals(REGISTRY)
          ? pulled(location.rest().substring("//".length()))
          : transports.openSource(location);
    }
    if (pull == BuildRequest.Pull.ALWAYS) {
      return pulled(name);
    }
    try {
      return transports.openSource(new Location(LOCAL, name));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND || pull == BuildRequest.Pull.NEVER) {
        throw e;
      }
      return pulled(name);
    }
  }

  private Source pulled(String name) throws IOException {
    var full = Reference.parse(name).toString();
    var local = new Location(LOCAL, full);
    new Copier(transports, transports, Progress.SILENT)
        .copy(
            new CopyRequest(
                new Location(REGISTRY, "//" + full),
                local,
                new Selection.Single(platform),
                policy,
                Fit.AS_IT_IS,
                false,
                false,
                List.of(),
                null,
                6));
    return transports.openSource(local);
  }

  private boolean hasTransport(String name) {
    int colon = name.indexOf(':');
    return colon > 0
        && transports.all().stream()
            .map(Transport::name)
            .anyMatch(transport -> transport.equals(name.substring(0, colon)));
  }

  @Override
  public void close() throws IOException {
    for (var source : sources) {
      source.close();
    }
  }
}
