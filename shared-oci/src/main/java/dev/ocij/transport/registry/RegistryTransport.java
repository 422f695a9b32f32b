package dev.ocij.transport.registry;

import dev.ocij.config.RegistryPlace;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.transport.Glimpse;
import dev.ocij.transport.SignatureArtifact;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.registry.auth.Access;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The transport `docker:`; what follows the colon is `//name[:tag|@digest]`. Connections and
/// tokens are shared by all that one of these opens.
public final class RegistryTransport implements Transport {
  private final RegistryOptions options;
  private final Registries registries;
  private final BlobLocations locations;
  private final @Nullable Path waiting;

  public RegistryTransport(RegistryOptions options, BlobLocations locations) {
    this(options, locations, null);
  }

  /// @param locations shared between the transports of both ends of a copy, so that blobs are
  ///   mounted
  /// @param waiting where layers that are made on the way wait until their digest is known; null
  ///   where they are sent at once
  public RegistryTransport(
      RegistryOptions options, BlobLocations locations, @Nullable Path waiting) {
    this.options = options;
    this.registries = new Registries(options);
    this.locations = locations;
    this.waiting = waiting;
  }

  /// Begins what the first use of any registry waits for, beside whatever the caller does
  /// meanwhile: OkHttp looks at all security providers.
  public static void prepare() {
    Thread.ofPlatform().daemon().name("prepare").start(OkHttpClient.Builder::new);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var reference = RegistryLocation.parse(rest).reference();
    var failures = new ArrayList<String>();
    var places = registries.places(reference);
    for (var mirror : places.subList(0, places.size() - 1)) {
      try {
        return source(reference, mirror);
      } catch (IOException | OciException e) {
        failures.add("%s: %s".formatted(mirror.reference(), Reason.withFile(e)));
      }
    }
    try {
      return source(reference, places.getLast());
    } catch (OciException e) {
      throw failures.isEmpty() ? e : e.during(mirrorsFailed(failures));
    } catch (IOException e) {
      throw failures.isEmpty()
          ? e
          : new IOException(mirrorsFailed(failures) + ": " + Reason.withFile(e), e);
    }
  }

  private RegistrySource source(Reference reference, RegistryPlace place) throws IOException {
    var client = registries.client(place);
    return new RegistrySource(
        reference,
        place.reference().repository(),
        client,
        client.manifests().read(place.reference().tagOrDigest()),
        options.retries(),
        locations,
        registries.signatures(place.reference(), client),
        () -> registries.client(reference.repository(), Access.PULL).tags());
  }

  /// By a HEAD request. Where mirrors come first, nobody can tell which one would answer.
  @Override
  public Optional<Glimpse> glimpse(String rest) throws IOException {
    var reference = RegistryLocation.parse(rest).reference();
    var places = registries.places(reference);
    if (places.size() > 1) {
      return Optional.empty();
    }
    try {
      return registries
          .client(places.getFirst())
          .manifests()
          .descriptor(places.getFirst().reference().tagOrDigest())
          .map(found -> new Glimpse(RegistrySource.identity(reference), found));
    } catch (OciException _) {
      return Optional.empty(); // whoever reads or writes there will be told why
    }
  }

  private static String mirrorsFailed(List<String> failures) {
    return "(mirrors also failed: %s)".formatted(String.join("; ", failures));
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    return sink(rest, waiting);
  }

  private RegistrySink sink(String rest, @Nullable Path waitingLayers) throws IOException {
    var reference = RegistryLocation.parse(rest).reference();
    var client = registries.client(reference.repository(), Access.PUSH);
    return new RegistrySink(
        reference,
        client,
        options.retries(),
        locations,
        registries.signatures(reference, client),
        waitingLayers);
  }

  @Override
  public void addSignatures(String rest, Document manifest, List<Signature> signatures)
      throws IOException {
    var sink = sink(rest, null);
    var beside = new ArrayList<Signature>();
    for (var signature : signatures) {
      if (signature.refers()) {
        sink.putReferrer(SignatureArtifact.of(signature, manifest.descriptor()).write(sink));
      } else {
        beside.add(signature);
      }
    }
    sink.putSignatures(manifest.digest(), beside);
  }

  /// Deletes the manifest that the name leads to: all tags with its digest go with it.
  @Override
  public void delete(String rest) throws IOException {
    var reference = RegistryLocation.parse(rest).reference();
    var client = registries.client(reference.repository(), Access.DELETE);
    try {
      client.manifests().delete(digest(reference, client));
    } catch (OciException e) {
      throw e.category() == OciException.Category.NOT_FOUND ? missing(reference, e) : e;
    }
  }

  /// Not as where an image to read is missing, for which tools have an exit status of its own.
  private static OciException missing(Reference reference, OciException found) {
    return new OciException(
        OciException.Category.INVALID,
        "Unable to delete %s. Image may not exist or is not stored with a v2 Schema in a v2 registry"
            .formatted(reference),
        found);
  }

  @Override
  public void deleteTag(String rest) throws IOException {
    switch (RegistryLocation.parse(rest).reference()) {
      case Reference.Tagged tagged ->
          registries.client(tagged.repository(), Access.DELETE).manifests().deleteTag(tagged.tag());
      case Reference.Digested digested ->
          throw new OciException(
              OciException.Category.USAGE,
              "delete the tag of %s: it names a digest; name a tag".formatted(digested));
    }
  }

  /// By the aliases and the search of registries.conf.
  @Override
  public List<String> fullNames(String typed) {
    return registries.fullNames(typed);
  }

  @Override
  public List<String> tags(String rest) throws IOException {
    return registries.client(RegistryLocation.parse(rest).repository(), Access.PULL).tags();
  }

  private static Digest digest(Reference reference, RegistryClient client) throws IOException {
    return switch (reference) {
      case Reference.Digested digested -> digested.digest();
      case Reference.Tagged tagged ->
          client
              .manifests()
              .digest(tagged.tag())
              .orElseThrow(() ->
                  new OciException(
                      OciException.Category.NOT_FOUND, "no such tag: " + tagged.tag()));
    };
  }
}
