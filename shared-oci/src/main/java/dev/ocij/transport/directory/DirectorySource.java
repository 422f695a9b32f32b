package dev.ocij.transport.directory;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.SignatureFile;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The image in a directory.
final class DirectorySource implements Source {
  private static final int MOST_SIGNATURES = 100;

  private final ImageIdentity identity;
  private final DirectoryFiles files;
  private final Document document;

  DirectorySource(ImageIdentity identity, DirectoryFiles files) throws IOException {
    this.identity = identity;
    this.files = files;
    this.document = Document.of(files.file(DirectoryFiles.MANIFEST).read(), "");
  }

  @Override
  public ImageIdentity identity() {
    return identity;
  }

  @Override
  public Document document() {
    return document;
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    var bytes = files.file(DirectoryFiles.member(descriptor.digest())).read();
    return Document.of(bytes, descriptor.mediaType().value()).verified(descriptor.digest());
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    return all(manifest).stream().filter(signature -> !signature.refers()).toList();
  }

  @Override
  public List<Signature> referring(Digest manifest) throws IOException {
    return all(manifest).stream().filter(Signature::refers).toList();
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return files.file(DirectoryFiles.blob(descriptor.digest())).open();
  }

  @Override
  public long size(Digest digest) throws IOException {
    return files.file(DirectoryFiles.blob(digest)).size();
  }

  @Override
  public void close() {}

  private List<Signature> all(Digest manifest) throws IOException {
    return manifest.equals(document.digest())
        ? signatures(DirectoryFiles::signature)
        : signatures(number -> DirectoryFiles.signature(manifest, number));
  }

  private List<Signature> signatures(IntFunction<String> names) throws IOException {
    var found = new ArrayList<Signature>();
    for (int number = 1; files.has(names.apply(number)); number++) {
      if (number > MOST_SIGNATURES) {
        throw new OciException(
            OciException.Category.INVALID,
            "read %s: there are more than %d signatures"
                .formatted(files.shown(names.apply(number)), MOST_SIGNATURES));
      }
      found.add(SignatureFile.parse(files.file(names.apply(number)).read()));
    }
    return found;
  }
}
