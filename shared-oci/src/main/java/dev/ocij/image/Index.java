package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    var index = Json.read(document.bytes(), ImageIndex.class, "index " + document.digest());
    var members = index.manifests().stream().map(d -> new Member(d, () -> source.read(d))).toList();
    return new Index(document, index.withMediaType(document.mediaType()), members);
  }

  /// Reads the artifact that an index names.
  @FunctionalInterface
  public interface MemberSource {
    Artifact read(Descriptor descriptor) throws IOException;
  }

  /// The member to run on a platform: the first that fits.
  ///
  /// @throws OciException of category `NOT_FOUND`, naming the platforms there are
  public Member forPlatform(Platform wanted) {
    return members.stream()
        .filter(m -> m.isFor(wanted))
        .findFirst()
        .orElseThrow(() -> noneFor(wanted));
  }

  /// The same index with only some members, or with edited ones.
  public Index withMembers(List<Member> changed) {
    return new Index(null, index, changed);
  }

  @Override
  public Document write(PutBlob put, PutMember putMember) throws IOException {
    var written = new ArrayList<Descriptor>();
    for (var member : members) {
      var document = member.reader().read().write(put, putMember);
      putMember.put(document);
      written.add(describe(member.descriptor(), document));
    }
    return original != null ? original : compose(written);
  }

  private Document compose(List<Descriptor> written) {
    return Document.of(Json.write(index.withManifests(written)), String.valueOf(index.mediaType()));
  }

  /// The entry of a member that may have been edited: another digest, the same platform.
  private static Descriptor describe(Descriptor before, Document now) {
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
        OciException.Category.NOT_FOUND,
        "choose an image for %s: the index has none; it has %s".formatted(wanted, there));
  }
}
