package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Several images under one name, one for each platform, and what is attached to them.
///
/// @param original the bytes that the index was read from, null after an edit
public record Index(@Nullable Document original, ImageIndex index, List<Member> members)
    implements Artifact {
  /// One entry: its descriptor, and the artifact behind it, read on demand.
  public record Member(Descriptor descriptor, Reader reader) {
    private boolean isFor(Platform wanted) {
      var platform = descriptor.platform();
      return platform != null && platform.satisfies(wanted);
    }

    /// Reads the artifact behind an entry, verified against its descriptor.
    @FunctionalInterface
    public interface Reader {
      Artifact read() throws IOException;
    }
  }

  public Index {
    members = List.copyOf(members);
  }

  /// The index in a document, its members read through `source`.
  public static Index of(Document document, MemberSource source) {
    var index = Json.read(document.bytes(), ImageIndex::from, "index " + document.digest());
    var members = index.manifests().stream().map(d -> new Member(d, () -> source.read(d))).toList();
    return new Index(document, index.withMediaType(document.mediaType()), members);
  }

  /// Reads the artifact that an index names.
  @FunctionalInterface
  public interface MemberSource {
    Artifact read(Descriptor descriptor) throws IOException;
  }

  /// The member to run on a platform: the first that fits best, or else the first that names no
  /// platform.
  ///
  /// @throws OciException of category `USAGE`, naming the platforms there are
  public Member forPlatform(Platform wanted) {
    return wanted.alternatives().stream()
        .flatMap(platform -> members.stream().filter(m -> m.isFor(platform)))
        .findFirst()
        .or(() -> members.stream().filter(m -> m.descriptor().platform() == null).findFirst())
        .orElseThrow(() -> noneFor(wanted));
  }

  /// This index with each member changed when it is read. Whether that changes the index shows in
  /// [#write].
  public Index mapMembers(UnaryOperator<Artifact> change) {
    var changed =
        members.stream()
            .map(m -> new Member(m.descriptor(), () -> change.apply(m.reader().read())))
            .toList();
    return new Index(original, index, changed);
  }

  @Override
  public Artifact mapImages(UnaryOperator<Image> change) {
    return mapMembers(member -> member.mapImages(change));
  }

  /// An index with only these members, in another document.
  public Index withMembers(List<Member> chosen) {
    return new Index(null, index, chosen);
  }

  /// This index in the same document, of what it names only these members, for a place that takes
  /// sparse indexes.
  public Index sparse(List<Member> chosen) {
    return new Index(original, index, chosen);
  }

  @Override
  public Document write(Writer writer) throws IOException {
    var written = new ArrayList<Descriptor>();
    for (var member : members) {
      var document = member.reader().read().write(writer);
      writer.putMember(document);
      written.add(describe(member.descriptor(), document));
    }
    if (original == null || !isUnchanged(written)) {
      return compose(written);
    }
    leftOut(written).forEach(writer::leaveOut);
    return original;
  }

  private Stream<Digest> leftOut(List<Descriptor> written) {
    var there = written.stream().map(Descriptor::digest).collect(Collectors.toSet());
    return index.manifests().stream().map(Descriptor::digest).filter(d -> !there.contains(d));
  }

  private boolean isUnchanged(List<Descriptor> written) {
    return IntStream.range(0, written.size())
        .allMatch(i -> written.get(i).digest().equals(members.get(i).descriptor().digest()));
  }

  /// Docker's lists say nothing else.
  private Document compose(List<Descriptor> written) {
    var type = mediaType(written);
    var composed =
        type.isDocker()
            ? ImageIndex.of(type, written)
            : index.withManifests(written).withMediaType(type);
    return Document.of(Json.write(composed), type.value());
  }

  /// A Docker list names Docker manifests only, and they are at home nowhere else.
  private static MediaType mediaType(List<Descriptor> written) {
    boolean docker = written.stream().allMatch(d -> d.mediaType().isDocker());
    return docker && !written.isEmpty() ? MediaType.DOCKER_LIST : MediaType.OCI_INDEX;
  }

  /// The entry of a member that may have been edited: another digest, the same platform.
  private static Descriptor describe(Descriptor before, Document now) {
    if (now.digest().equals(before.digest())) {
      return before;
    }
    return new Descriptor(
        now.mediaType(),
        now.digest(),
        now.bytes().length,
        before.urls(),
        before.annotations(),
        null,
        before.platform(),
        before.artifactType());
  }

  private OciException noneFor(Platform wanted) {
    var there =
        members.stream()
            .map(m -> m.descriptor().platform())
            .filter(p -> p != null && !p.isUnknown())
            .map(Platform::toString)
            .collect(Collectors.joining(", "));
    return new OciException(
        OciException.Category.USAGE,
        "choose an image for %s: the index has none; it has %s".formatted(wanted, there));
  }
}
