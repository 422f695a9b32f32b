package dev.ocij.transport.registry;

import dev.ocij.http.Attempts;
import dev.ocij.http.Retries;
import dev.ocij.http.Unreachable;
import dev.ocij.image.Blob;
import dev.ocij.image.CorruptBlobException;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Brings one blob into a repository. After a failure the registry is asked how far the blob came:
/// what it has is not sent again, a lost session begins anew, and a blob whose answer alone was
/// lost is found to be there.
final class BlobUpload {
  private static final long SMALLEST_PIECE = 1 << 20;
  private static final long LARGEST_PIECE = 8 << 20;

  private final RegistryClient client;
  private final Blob blob;
  private final Attempts attempts;
  private @Nullable Upload session;
  private boolean resumed;
  private boolean failed;
  private long furthest;

  /// @param session one that was started already, as by a refused mount
  BlobUpload(RegistryClient client, Blob blob, Retries retries, @Nullable Upload session) {
    this.client = client;
    this.blob = blob;
    this.attempts = retries.begin();
    this.session = session;
  }

  Descriptor run() throws IOException {
    while (true) {
      var open = session();
      try {
        return send(open);
      } catch (CorruptBlobException e) {
        throw e;
      } catch (IOException e) {
        if (!attempts.again(Unreachable.reason(e))) {
          throw e;
        }
      } catch (RegistryException e) {
        if (!mayPass(e) || !attempts.again(e.later())) {
          throw e;
        }
      }
      if (blob instanceof Blob.Known known && client.hasBlob(known.descriptor(), attempts)) {
        return known.descriptor();
      }
      resume();
    }
  }

  /// One request carries a known blob; one that is made on the way gets its digest in a second.
  /// After a failure a known one goes in pieces, so that the next costs no more than one of them.
  private Descriptor send(Upload upload) throws IOException {
    if (failed && blob instanceof Blob.Known known) {
      return sendInPieces(known, upload);
    }
    failed = true;
    var body = new BlobBody(blob, upload.offset());
    if (blob instanceof Blob.Known known && upload.offset() == 0) {
      client.uploads().finish(upload, known.descriptor().digest(), body, attempts);
      return known.descriptor();
    }
    var whole = client.uploads().append(upload, body);
    var written = body.written();
    session = new Upload(whole.location(), written.size());
    client.uploads().finish(whole, written.digest(), null, attempts);
    return written;
  }

  private Descriptor sendInPieces(Blob.Known known, Upload upload) throws IOException {
    var descriptor = known.descriptor();
    int piece = (int) Math.clamp(descriptor.size() / 100, SMALLEST_PIECE, LARGEST_PIECE);
    var reached = upload;
    try (var rest = known.opener().open(upload.offset())) {
      while (reached.offset() < descriptor.size()) {
        var bytes = rest.readNBytes(piece);
        if (bytes.length == 0) {
          throw new CorruptBlobException(descriptor, "%d bytes".formatted(reached.offset()));
        }
        var sent = client.uploads().append(reached, new PieceBody(bytes));
        reached = new Upload(sent.location(), reached.offset() + bytes.length);
        session = reached;
        noteProgress(reached.offset());
      }
    }
    client.uploads().finish(reached, descriptor.digest(), null, attempts);
    return descriptor;
  }

  /// Only what never came so far counts: a session that is lost each time would be begun for ever.
  private void noteProgress(long offset) {
    if (offset > furthest) {
      attempts.progress(offset - furthest);
      furthest = offset;
    }
  }

  private Upload session() throws IOException {
    var open = session;
    if (open == null) {
      open = client.uploads().start();
      session = open;
    }
    return open;
  }

  private void resume() throws IOException {
    var open = session;
    if (open == null) {
      return;
    }
    try {
      session = client.uploads().status(open, attempts).filter(this::isPossible).orElse(null);
      resumed = session != null;
    } catch (OciException _) {
      session = null;
    }
  }

  /// Nobody has more of a blob than there is.
  private boolean isPossible(Upload upload) {
    return !(blob instanceof Blob.Known known) || upload.offset() <= known.descriptor().size();
  }

  /// A session that is lost, or stands elsewhere than we thought, is mended by asking.
  private boolean mayPass(RegistryException e) {
    return switch (e.status()) {
      case 408, 416, 429, 500, 502, 503, 504 -> true;
      case 404 -> e.code().equals("BLOB_UPLOAD_UNKNOWN");
      default ->
          e.code().equals("BLOB_UPLOAD_INVALID") || (resumed && e.code().equals("DIGEST_INVALID"));
    };
  }
}
