package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stores nothing, and tells what would have been stored.
public final class RecordingWriter implements Artifact.Writer {
  private final Map<Blob, byte[]> blobs = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Document> members = new ArrayList<>();
  private final List<Digest> leftOut = new ArrayList<>();

  @Override
  public Descriptor put(Blob blob) throws IOException {
    try (var in = blob.open()) {
      var content = in.readAllBytes();
      blobs.put(blob, content);
      return switch (blob) {
        case Blob.Known known -> known.descriptor();
        case Blob.Fresh fresh -> Descriptor.of(fresh.mediaType(), content);
      };
    }
  }

  @Override
  public void putMember(Document manifest) {
    members.add(manifest);
  }

  @Override
  public void leaveOut(Digest member) {
    leftOut.add(member);
  }

  @Override
  public int parallelBlobs() {
    return 2;
  }

  /// What was put, by its blob.
  public Map<Blob, byte[]> blobs() {
    return blobs;
  }

  /// The manifests below an index, in the order in which they were put.
  public List<Document> members() {
    return members;
  }

  /// What an index names and was not put.
  public List<Digest> leftOut() {
    return leftOut;
  }
}
