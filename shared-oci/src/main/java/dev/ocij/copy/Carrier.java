package dev.ocij.copy;

import dev.ocij.edit.Edit;
import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.CorruptBlobException;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.image.LayerType;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One image on its way into one sink, with its signatures, old and new.
record Carrier(
    CopyRequest request, Source source, Sink sink, Progress progress, CopiedSignatures signatures)
    implements Artifact.Writer {
  Carrier(CopyRequest request, Source source, Sink sink, Progress progress) {
    this(request, source, sink, progress, new CopiedSignatures(request, source, sink, progress));
  }

  /// The artifact as the destination and the request want it.
  ///
  /// @throws OciException where that changes a manifest which must stay as it is, or the place
  ///   takes no signatures that are to come along
  Artifact fit(Artifact accepted) throws IOException {
    requireSchema1();
    signatures.requirePlace(accepted.original());
    boolean sparse = sink.takesSparseIndexes() || request.preserveDigests();
    var narrowed = request.selection().narrowed(accepted, sparse);
    var edit = edit(sink.accepts());
    var fitted =
        Edit.ofImages(image -> unlessFixed(image, (Image) edit.apply(image))).apply(narrowed);
    return fitted instanceof Index index && narrowed instanceof Index before
        ? unlessFixed(accepted, list(index, before))
        : fitted;
  }

  private Index list(Index fitted, Index accepted) throws IOException {
    var listed = request.fit().list(fitted, sink.accepts());
    return request.variants().addedTo(listed, accepted, sink.accepts());
  }

  private Edit edit(Accepts accepts) {
    return request.preserveDigests()
        ? request.fit().leastEdit(accepts)
        : request.fit().edit(accepts);
  }

  private void requireSchema1() {
    boolean wanted = request.fit().format() == Fit.Format.SCHEMA1 && !request.preserveDigests();
    if (wanted && !sink.takesSchema1()) {
      throw new OciException(
          OciException.Category.USAGE,
          "copy %s to %s: the destination takes no manifests of schema 1; registries and dir: do"
              .formatted(request.from(), request.to()));
    }
  }

  @Override
  public boolean has(Image image) throws IOException {
    signatures.requirePlace(image.original());
    if (!sink.has(image)) {
      return false;
    }
    image.layers().forEach(progress::copyingLayer);
    progress.copyingConfig(image.config());
    return true;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && isElsewhere(known)) {
      return putForeign(blob, known);
    }
    return putOwn(blob);
  }

  private static boolean isElsewhere(Descriptor layer) {
    return layer.mediaType().isForeignLayer() && !layer.urls().isEmpty();
  }

  /// No URL that an image names is ever asked: it may be anybody's.
  private Descriptor putForeign(Blob blob, Descriptor layer) throws IOException {
    if (sink.takesForeignLayers()) {
      return layer;
    }
    try {
      return putOwn(blob);
    } catch (OciException e) {
      throw e.category() == OciException.Category.NOT_FOUND ? elsewhere(layer, e) : e;
    }
  }

  private OciException elsewhere(Descriptor layer, OciException missing) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "copy %s to %s: the layer %s is only at %s, where it is not fetched; registries and OCI layouts do without it"
            .formatted(
                request.from(),
                request.to(),
                layer.digest(),
                Quoted.of(String.join(" ", layer.urls()))),
        missing);
  }

  private Descriptor putOwn(Blob blob) throws IOException {
    if (LayerType.of(blob.mediaType().decrypted()) == null) {
      progress.copyingConfig(blob);
    } else {
      progress.copyingLayer(blob);
    }
    try {
      return sink.put(blob);
    } catch (CorruptBlobException _) {
      return putAgain(blob);
    }
  }

  /// Bytes that changed on the way are fetched once more.
  private Descriptor putAgain(Blob blob) throws IOException {
    try {
      return sink.put(blob);
    } catch (CorruptBlobException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "copy a blob of %s: %s; it has other bytes there than its manifest says"
              .formatted(request.from(), Reason.withFile(e)),
          e);
    }
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    sink.putMember(manifest);
    signatures.sign(manifest);
    attachments().carry(manifest.digest());
    refer(manifest);
  }

  @Override
  public void leaveOut(Digest member) {
    sink.leaveOut(member);
  }

  @Override
  public @Nullable Reference reference() {
    return sink.reference();
  }

  @Override
  public int parallelBlobs() {
    return request.parallelBlobs();
  }

  /// Signs the written document and makes it visible.
  Descriptor commit(Artifact accepted, Document written) throws IOException {
    var original = accepted.original();
    if (original != null && !original.digest().equals(written.digest())) {
      refuseIfFixed(original);
    }
    progress.writingManifest(written);
    signatures.sign(written);
    attachments().carry(written.digest());
    refer(written);
    return sink.commit(written);
  }

  private Attachments attachments() {
    return new Attachments(request.beside().attached(), source, sink, this);
  }

  private <A extends Artifact> A unlessFixed(Artifact before, A after) {
    if (before.original() != null && after.original() == null) {
      refuseIfFixed(before.original());
    }
    return after;
  }

  /// A manifest with signatures would lose them by any change, silently.
  private void refuseIfFixed(Document original) {
    if (request.preserveDigests()) {
      throw cannotModify(original, "Instructed to preserve digests");
    }
    if (isFound(() -> signatures.isSigned(original))) {
      throw cannotModify(
          original, "Would invalidate signatures; leave them behind with --remove-signatures");
    }
    if (isFound(() -> attachments().isAttachedTo(original.digest()))) {
      throw cannotModify(original, "what is attached to it would be about another");
    }
  }

  private boolean isFound(Question question) {
    try {
      return question.isTrue();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read what is attached to %s: %s".formatted(request.from(), Reason.withFile(e)),
          e);
    }
  }

  private OciException cannotModify(Document original, String why) {
    return new OciException(
        OciException.Category.USAGE,
        "copy %s to %s: %s must be converted to be written to destination, but we cannot modify it: %s"
            .formatted(
                request.from(),
                request.to(),
                original.mediaType().isIndex() ? "Manifest list" : "Manifest",
                why));
  }

  private void refer(Document manifest) throws IOException {
    for (var artifact : request.beside().referrers().of(manifest)) {
      sink.putReferrer(artifact.write(sink));
    }
  }

  /// Something that the source is asked.
  private interface Question {
    boolean isTrue() throws IOException;
  }
}
