package dev.ocij.store;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the `index.json` of an OCI layout names, in its order: image-spec, "index.json file".
public record Entries(List<Descriptor> all) {
  private static final Pattern DIGEST_TAG =
      Pattern.compile("sha(256|512)-[0-9a-f]+(\\.(sig|att|sbom))?");

  public Entries {
    all = List.copyOf(all);
  }

  /// @param bytes of an `index.json`
  /// @param what the file, for messages
  public static Entries parse(byte[] bytes, String what) {
    return new Entries(Json.read(bytes, ImageIndex::from, what).manifests());
  }

  /// The name of an entry; null where it has none.
  public static @Nullable String name(Descriptor entry) {
    return entry.annotations().get(Descriptor.REF_NAME);
  }

  /// The entry with this name. Of several the last counts, as for the peers.
  public Optional<Descriptor> named(String name) {
    return all.stream().filter(entry -> name.equals(name(entry))).reduce((_, last) -> last);
  }

  public List<Descriptor> withDigest(Digest digest) {
    return all.stream().filter(entry -> entry.digest().equals(digest)).toList();
  }

  /// The entries without those that are about others: signatures, and whatever else is attached.
  public List<Descriptor> images() {
    return all.stream().filter(entry -> !isAttached(entry)).toList();
  }

  /// The entries that are about others.
  public List<Descriptor> attached() {
    return all.stream().filter(Entries::isAttached).toList();
  }

  /// The names of all images.
  public Stream<String> names() {
    return images().stream().flatMap(entry -> Stream.ofNullable(name(entry)));
  }

  /// A referrer has no name, and says what kind of artifact it is.
  static boolean isAttached(Descriptor entry) {
    var name = name(entry);
    return name == null ? entry.artifactType() != null : DIGEST_TAG.matcher(name).matches();
  }
}
