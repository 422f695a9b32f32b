package dev.ocij.buildah.base;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.edit.Edit;
import dev.ocij.edit.Edits;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Reason;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Policy;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The images that a build or a container starts from, or a build copies from, each opened once,
/// none without the policy.
///
/// A name without a transport is one of the local store, or of a registry, which then is copied to
/// the store. Open sources are closed with this.
///
/// Where a platform was asked for ([#asked]), an image of the store that is for another one does
/// not do, and what is fetched for another than this machine's gets no name there: it would be
/// taken for this machine's by whoever asks next.
public final class BaseImages implements Closeable {
  private static final String REGISTRY = "docker";

  private final Transports transports;
  private final Policy policy;
  private final Platform platform;
  private final Pull pull;
  private final Progress progress;
  private final Consumer<String> pulling;
  private final Edit decryption;
  private final boolean asked;
  private final StoredImages local;
  private final Map<String, BaseImage> opened = new ConcurrentHashMap<>();
  private final List<Source> sources = new ArrayList<>();

  /// Tells nothing.
  public BaseImages(Transports transports, Policy policy, Platform platform, Pull pull) {
    this(transports, policy, platform, pull, Progress.SILENT, _ -> {});
  }

  /// @param pulling gets the full name of an image that is about to be fetched
  public BaseImages(
      Transports transports,
      Policy policy,
      Platform platform,
      Pull pull,
      Progress progress,
      Consumer<String> pulling) {
    this(transports, policy, platform, pull, progress, pulling, Edit.NOTHING, false);
  }

  private BaseImages(
      Transports transports,
      Policy policy,
      Platform platform,
      Pull pull,
      Progress progress,
      Consumer<String> pulling,
      Edit decryption,
      boolean asked) {
    this.asked = asked;
    this.local = new StoredImages(transports);
    this.decryption = decryption;
    this.progress = progress;
    this.pulling = pulling;
    this.transports = transports;
    this.policy = policy;
    this.platform = platform;
    this.pull = pull;
  }

  /// These, decrypted as they come; what is encrypted elsewhere is brought into the store for that.
  public BaseImages decrypted(Edit how) {
    return new BaseImages(transports, policy, platform, pull, progress, pulling, how, asked);
  }

  /// These, for a platform that was asked for, where that is so.
  public BaseImages asked(boolean really) {
    return new BaseImages(
        transports, policy, platform, pull, progress, pulling, decryption, really);
  }

  /// As [#open], of an image that afterwards is in the store, wherever it was before.
  public synchronized BaseImage openStored(String name) throws IOException {
    boolean foreign =
        isLocation(name) && !List.of(LocalTransport.NAME, REGISTRY).contains(transport(name));
    return open(foreign ? stored(Location.parse(name), true) : name);
  }

  /// The image of this name.
  public synchronized BaseImage open(String name) throws IOException {
    var known = opened.get(name);
    if (known != null) {
      return known;
    }
    var image = open(source(name));
    opened.put(name, image);
    return image;
  }

  /// An open source.
  ///
  /// @param name in full; empty where it has none
  private record Found(Source source, String name) {
    static Found of(Source source) {
      var reference = source.identity().reference();
      return new Found(source, reference == null ? "" : reference.toString());
    }
  }

  private BaseImage open(Found found) throws IOException {
    var source = found.source();
    var selected = new Selection.Single(platform).from(source.read());
    // What is in the store was judged when it came there.
    var accepted =
        source.identity().transport().equals(LocalTransport.NAME)
            ? selected
            : policy.evaluate(source.candidate(selected)).orThrow();
    var original = accepted.original();
    var digest = original == null ? null : original.digest();
    var image = (Image) Edits.asOci().apply(accepted);
    var stage =
        StageImage.of(image).withBase(found.name(), digest == null ? "" : digest.toString());
    return new BaseImage(stage, image.manifest().config().digest(), found.name(), digest);
  }

  private Found source(String name) throws IOException {
    if (isLocation(name)) {
      var location = Location.parse(name);
      if (location.transport().equals(REGISTRY)) {
        return pulled(location);
      }
      boolean plain =
          decryption.equals(Edit.NOTHING) || location.transport().equals(LocalTransport.NAME);
      return Found.of(opened(plain ? location : LocalTransport.location(stored(location, true))));
    }
    return switch (pull) {
      case ALWAYS -> pulled(transports.inRegistry(name));
      case NEVER -> {
        var found = local(name).orElseThrow(() -> unknown(name, "image not known"));
        var other = other(found);
        if (other.isPresent()) {
          throw unknown(name, "image not known for " + platform + "; " + isFor(other.get()));
        }
        yield found;
      }
      case MISSING -> missing(name);
      case NEWER -> newer(name);
    };
  }

  private static OciException unknown(String name, String found) {
    return new OciException(OciException.Category.NOT_FOUND, name + ": " + found);
  }

  private static String isFor(String other) {
    return "the one in the store is for " + other;
  }

  private Found missing(String name) throws IOException {
    var found = local(name);
    if (found.isEmpty()) {
      return pulled(transports.inRegistry(name));
    }
    var other = other(found.get());
    if (other.isEmpty()) {
      return found.get();
    }
    try {
      var full = found.get().name();
      return pulled(transports.inRegistry(full.isEmpty() ? name : full));
    } catch (OciException e) {
      throw new OciException(e.category(), e.sentence() + "; " + isFor(other.get()), e);
    } catch (IOException e) {
      throw new IOException(Reason.of(e) + "; " + isFor(other.get()), e);
    }
  }

  private Found newer(String name) throws IOException {
    try {
      return pulled(transports.inRegistry(name));
    } catch (OciException unreachable) {
      if (unreachable.category() == OciException.Category.REJECTED) {
        throw unreachable;
      }
      var found = local(name).orElseThrow(() -> unreachable);
      if (other(found).isPresent()) {
        throw unreachable;
      }
      return found;
    }
  }

  private Optional<Found> local(String name) throws IOException {
    var found = local.find(name);
    found.ifPresent(sources::add);
    return found.map(Found::of);
  }

  /// What an image of the store is for, where that is not what was asked for.
  private Optional<String> other(Found found) throws IOException {
    return asked ? StoredImages.other(found.source(), platform) : Optional.empty();
  }

  private Found pulled(Location location) throws IOException {
    var full = Reference.parse(location.rest().substring("//".length())).toString();
    pulling.accept(full);
    var from = new Location(REGISTRY, "//" + full);
    if (asked && !Platform.host().satisfies(platform)) {
      return new Found(opened(LocalTransport.location(stored(from, false))), full);
    }
    copy(from, full);
    return new Found(opened(LocalTransport.location(full)), full);
  }

  private Source opened(Location location) throws IOException {
    var source = transports.openSource(location);
    sources.add(source);
    return source;
  }

  /// @param named whether it has in the store the name that it has where it comes from
  /// @return its id in the store
  private String stored(Location from, boolean named) throws IOException {
    try (var source = transports.openSource(from)) {
      var image = (Image) new Selection.Single(platform).from(source.read());
      var names = source.names();
      copy(from, names.isEmpty() || !named ? "" : names.getFirst().toString());
      return image.manifest().config().digest().hex();
    }
  }

  private void copy(Location from, String name) throws IOException {
    new Copier(transports, transports, progress)
        .copy(
            CopyRequest.of(
                    from, LocalTransport.location(name), new Selection.Single(platform), policy)
                .with(Fit.AS_IT_IS.withDecryption(decryption)));
  }

  /// Whether a name says by which transport the image is read.
  public boolean isLocation(String name) {
    return transports.isLocation(name);
  }

  /// What stands before the first colon.
  private static String transport(String name) {
    return name.substring(0, Math.max(0, name.indexOf(':')));
  }

  @Override
  public void close() throws IOException {
    for (var source : sources) {
      source.close();
    }
  }
}
