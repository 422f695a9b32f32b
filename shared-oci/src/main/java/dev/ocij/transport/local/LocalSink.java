package dev.ocij.transport.local;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.transport.layout.LayoutSink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;

/// A layout's sink under a complete name.
record LocalSink(LayoutSink layout, Reference reference) implements Sink {
  @Override
  public Accepts accepts() {
    return layout.accepts();
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return layout.put(blob);
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    layout.putMember(manifest);
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) throws IOException {
    layout.putSignatures(manifest, signatures);
  }

  @Override
  public Descriptor commit(Document document) throws IOException {
    return layout.commit(document);
  }

  @Override
  public void close() throws IOException {
    layout.close();
  }
}
