package dev.ocij.transport.registry;

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
  private final RegistryClient client;
  private final Blob blob;
  private final Attempts attempts;
  private @Nullable Upload session;
  private boolean resumed;

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
        if (!mayPass(e) || !attempts.again((String) null)) {
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
  private Descriptor send(Upload upload) throws IOException {
    var body = new BlobBody(blob, upload.offset());
    if (blob instanceof Blob.Known known && upload.offset() == 0) {
      client.finish(upload, known.descriptor().digest(), body);
      return known.descriptor();
    }
    var whole = client.append(upload, body);
    var written = body.written();
    session = new Upload(whole.location(), written.size());
    client.finish(whole, written.digest(), null);
    return written;
  }

  private Upload session() throws IOException {
    var open = session;
    if (open == null) {
      open = client.startUpload();
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
      session = client.status(open, attempts).orElse(null);
      resumed = session != null;
    } catch (OciException _) {
      session = null;
    }
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
