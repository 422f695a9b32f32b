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
public final class BaseImages implements Closeable {
  private static final String REGISTRY = "docker";

  private final Transports transports;
  private final Policy policy;
  private final Platform platform;
  private final Pull pull;
  private final Progress progress;
  private final Consumer<String> pulling;
  private final Edit decryption;
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
    this(transports, policy, platform, pull, progress, pulling, Edit.NOTHING);
  }

  private BaseImages(
      Transports transports,
      Policy policy,
      Platform platform,
      Pull pull,
      Progress progress,
      Consumer<String> pulling,
      Edit decryption) {
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
    return new BaseImages(transports, policy, platform, pull, progress, pulling, how);
  }

  /// As [#open], of an image that afterwards is in the store, wherever it was before.
  public synchronized BaseImage openStored(String name) throws IOException {
    boolean foreign =
        isLocation(name) && !List.of(LocalTransport.NAME, REGISTRY).contains(transport(name));
    return open(foreign ? stored(Location.parse(name)) : name);
  }

  /// The image of this name.
  public synchronized BaseImage open(String name) throws IOException {
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

  private BaseImage open(Source source) throws IOException {
    var selected = new Selection.Single(platform).from(source.read());
    // What is in the store was judged when it came there.
    var accepted =
        source.identity().transport().equals(LocalTransport.NAME)
            ? selected
            : policy.evaluate(source.candidate(selected)).orThrow();
    var original = accepted.original();
    var digest = original == null ? null : original.digest();
    var reference = source.identity().reference();
    var name = reference == null ? "" : reference.toString();
    var image = (Image) Edits.asOci().apply(accepted);
    var stage = StageImage.of(image).withBase(name, digest == null ? "" : digest.toString());
    return new BaseImage(stage, image.manifest().config().digest(), name, digest);
  }

  private Source source(String name) throws IOException {
    if (isLocation(name)) {
      var location = Location.parse(name);
      if (location.transport().equals(REGISTRY)) {
        return pulled(location);
      }
      boolean plain =
          decryption.equals(Edit.NOTHING) || location.transport().equals(LocalTransport.NAME);
      return transports.openSource(plain ? location : LocalTransport.location(stored(location)));
    }
    return switch (pull) {
      case ALWAYS -> pulled(transports.inRegistry(name));
      case NEVER ->
          local(name)
              .orElseThrow(() ->
                  new OciException(OciException.Category.NOT_FOUND, name + ": image not known"));
      case MISSING -> {
        var local = local(name);
        yield local.isPresent() ? local.get() : pulled(transports.inRegistry(name));
      }
      case NEWER -> newer(name);
    };
  }

  private Source newer(String name) throws IOException {
    try {
      return pulled(transports.inRegistry(name));
    } catch (OciException unreachable) {
      if (unreachable.category() == OciException.Category.REJECTED) {
        throw unreachable;
      }
      return local(name).orElseThrow(() -> unreachable);
    }
  }

  /// The image of the store under the name itself, or else one of the full names that it may mean:
  /// only for these is looked up what is configured about registries.
  private Optional<Source> local(String name) throws IOException {
    var found = localExactly(name);
    if (found.isPresent()) {
      return found;
    }
    for (var full : transports.fullNames(name)) {
      found = full.equals(name) ? found : localExactly(full);
      if (found.isPresent()) {
        break;
      }
    }
    return found;
  }

  private Optional<Source> localExactly(String name) throws IOException {
    try {
      return Optional.of(transports.openSource(LocalTransport.location(name)));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Source pulled(Location location) throws IOException {
    var full = Reference.parse(location.rest().substring("//".length())).toString();
    pulling.accept(full);
    copy(new Location(REGISTRY, "//" + full), full);
    return transports.openSource(LocalTransport.location(full));
  }

  /// @return its id in the store
  private String stored(Location from) throws IOException {
    try (var source = transports.openSource(from)) {
      var image = (Image) new Selection.Single(platform).from(source.read());
      var names = source.names();
      copy(from, names.isEmpty() ? "" : names.getFirst().toString());
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
