package dev.ocij.transport.memory;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.trust.Signature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `memory:name`: images that end with this object.
public final class MemoryTransport implements Transport {
  private final Map<String, Stored> images = new ConcurrentHashMap<>();

  /// One image, whole.
  record Stored(
      Document document, Map<Digest, byte[]> blobs, Map<Digest, List<Signature>> signatures) {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Source openSource(String rest) {
    var stored = images.get(rest);
    if (stored == null) {
      throw missing(rest);
    }
    return new MemorySource(stored);
  }

  @Override
  public Sink openSink(String rest) {
    return new MemorySink(stored -> images.put(rest, stored));
  }

  @Override
  public void delete(String rest) {
    if (images.remove(rest) == null) {
      throw missing(rest);
    }
  }

  private static OciException missing(String rest) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open memory:%s: no such image".formatted(Quoted.escape(rest)));
  }
}
