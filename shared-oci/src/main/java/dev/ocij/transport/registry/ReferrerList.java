package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.transport.Referrer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// What is about the manifests of a repository: as the registry lists it, or where it keeps no
/// lists, in an index under a tag that all clients change.
record ReferrerList(RegistryClient client) {
  /// How often others may come between our reading and our writing.
  private static final int MOST = 8;

  private static final int PRECONDITION_FAILED = 412;
  private static final Map<String, Lock> LOCKS = new ConcurrentHashMap<>();

  List<Descriptor> read(Digest subject) throws IOException {
    var known = client.referrers(subject);
    if (known.isPresent() && !known.get().isEmpty()) {
      return known.get();
    }
    var tagged = client.manifests().find(Referrer.listTag(subject));
    return tagged.isEmpty() ? List.of() : entries(tagged.get());
  }

  /// Stores a manifest, and what it is about with it.
  void put(String tagOrDigest, Document document) throws IOException {
    boolean noted = client.manifests().put(tagOrDigest, document);
    var subject = Referrer.subject(document);
    if (!noted && subject.isPresent()) {
      add(subject.get(), Referrer.describe(document));
    }
  }

  /// The protocol has no lock. So the registry is asked to refuse what is based on an old list, and
  /// the list is read again until our entry is in it.
  private void add(Digest subject, Descriptor referrer) throws IOException {
    var tag = Referrer.listTag(subject);
    var lock = LOCKS.computeIfAbsent(client.repository() + ":" + tag, _ -> new ReentrantLock());
    lock.lock();
    try {
      boolean conditional = true;
      for (int attempt = 0; attempt < MOST; attempt++) {
        var before = client.manifests().find(tag);
        if (before.isPresent() && contains(before.get(), referrer)) {
          return;
        }
        conditional = write(tag, before, referrer, conditional) && conditional;
      }
      requireIn(tag, referrer);
    } finally {
      lock.unlock();
    }
  }

  /// @return false where the registry refuses every condition, as others than ours are its marks
  private boolean write(
      String tag, Optional<Document> before, Descriptor referrer, boolean conditional)
      throws IOException {
    var entries = new ArrayList<>(before.map(ReferrerList::entries).orElse(List.of()));
    entries.add(referrer);
    var index = Json.write(ImageIndex.of(MediaType.OCI_INDEX, entries));
    var digest = conditional ? before.map(Document::digest).orElse(null) : null;
    try {
      client.manifests().put(tag, Document.of(index, MediaType.OCI_INDEX.value()), digest);
      return true;
    } catch (RegistryException e) {
      if (e.status() != PRECONDITION_FAILED) {
        throw e;
      }
      return !client
          .manifests()
          .find(tag)
          .map(Document::digest)
          .equals(before.map(Document::digest));
    }
  }

  private void requireIn(String tag, Descriptor referrer) throws IOException {
    var now = client.manifests().find(tag);
    if (now.isEmpty() || !contains(now.get(), referrer)) {
      throw new OciException(
          Category.UNAVAILABLE,
          "list %s under %s: others change the list all the time; try again"
              .formatted(referrer.digest(), tag));
    }
  }

  /// Something else than an index may have the tag: it is no list.
  private static List<Descriptor> entries(Document list) {
    return list.mediaType().isIndex() ? Referrer.list(list.bytes(), "referrers") : List.of();
  }

  private static boolean contains(Document list, Descriptor referrer) {
    return entries(list).stream().anyMatch(entry -> entry.digest().equals(referrer.digest()));
  }
}
