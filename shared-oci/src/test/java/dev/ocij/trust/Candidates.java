package dev.ocij.trust;

import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.name.Reference;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Images for policies to judge; nobody looks below their manifests.
public final class Candidates {
  public static final String NAME = "registry.example/team/app:1";

  private Candidates() {}

  public static Document manifest(String annotation) {
    var json =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":\
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},\
        "layers":[],"annotations":{"a":"%s"}}\
        """
            .formatted(annotation);
    return Document.of(json.getBytes(StandardCharsets.UTF_8), "");
  }

  /// An image of a registry.
  public static Candidate of(String name, Document manifest, List<Signature> signatures) {
    var reference = Reference.parse(name);
    var identity = new ImageIdentity("docker", reference, Scopes.of(reference));
    return of(identity, manifest, signatures);
  }

  public static Candidate of(
      ImageIdentity identity, Document manifest, List<Signature> signatures) {
    var image =
        Image.of(
            manifest,
            descriptor -> {
              throw new FileNotFoundException(descriptor.toString());
            });
    return new Candidate(identity, image, manifest, new Given(signatures));
  }

  /// All signatures, whatever is asked for.
  private record Given(List<Signature> all) implements Candidate.Signatures {
    @Override
    public List<Signature> beside() {
      return all;
    }

    @Override
    public List<Signature> referring() {
      return all;
    }
  }
}
