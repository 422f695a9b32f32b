package dev.ocij.trust.notation;

import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.TrustRoots;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An envelope in CBOR: COSE (RFC 9052), one signer.
final class Cose {
  static final String MEDIA_TYPE = "application/cose";
  private static final long SIGN1 = 18;
  private static final long TIME = 1;
  private static final long ALGORITHM = 1;
  private static final long CRITICAL = 2;
  private static final long CONTENT_TYPE = 3;
  private static final long CHAIN = 33;

  private Cose() {}

  static NotaryEnvelope parse(byte[] cbor) {
    try {
      if (Cbor.read(cbor) instanceof Cbor.Tagged(long tag, List<?> parts)
          && tag == SIGN1
          && parts.size() == 4
          && parts.get(0) instanceof byte[] head
          && parts.get(1) instanceof Map<?, ?> header
          && parts.get(2) instanceof byte[] payload
          && parts.get(3) instanceof byte[] signature
          && Cbor.read(head) instanceof Map<?, ?> fields) {
        return new NotaryEnvelope(
            CborWriter.signatureStructure(head, payload),
            signature,
            payload,
            required(fields.get(ALGORITHM)),
            text(fields.get(CONTENT_TYPE)),
            texts(fields.get(CRITICAL)),
            text(fields.get(NotaryEnvelope.SCHEME)),
            time(fields.get(NotaryEnvelope.EXPIRY)),
            time(fields.get(NotaryEnvelope.AUTHENTIC_TIME)),
            header.get(NotaryEnvelope.TIMESTAMP) instanceof byte[] timestamp ? timestamp : null,
            TrustRoots.certificates(chain(header.get(CHAIN))));
      }
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException e) {
      throw new BadSignatureException("malformed envelope", e);
    }
    throw new BadSignatureException("malformed envelope: no COSE_Sign1");
  }

  /// What the signature of an envelope protects besides the payload.
  static byte[] head(NotaryAlgorithm algorithm, Instant now) {
    var head = new LinkedHashMap<Object, Object>();
    head.put(ALGORITHM, algorithm.coseNumber());
    head.put(CRITICAL, List.of(NotaryEnvelope.SCHEME));
    head.put(CONTENT_TYPE, NotaryEnvelope.PAYLOAD);
    head.put(NotaryEnvelope.SCHEME, NotaryEnvelope.X509);
    head.put(NotaryEnvelope.TIME, new Cbor.Tagged(TIME, now.getEpochSecond()));
    return CborWriter.write(head);
  }

  /// The envelope.
  static byte[] write(byte[] head, byte[] payload, byte[] signature, List<byte[]> chain) {
    var header = new LinkedHashMap<Object, Object>();
    header.put(CHAIN, chain);
    header.put(NotaryEnvelope.AGENT, NotationSigner.AGENT);
    return CborWriter.write(new Cbor.Tagged(SIGN1, List.of(head, header, payload, signature)));
  }

  private static Object required(@Nullable Object value) {
    if (value == null) {
      throw new BadSignatureException("malformed envelope: a header is missing");
    }
    return value;
  }

  private static String text(@Nullable Object value) {
    return required(value) instanceof String text ? text : "";
  }

  private static List<String> texts(@Nullable Object value) {
    return required(value) instanceof List<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static @Nullable Instant time(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Cbor.Tagged(long tag, Long seconds) && tag == TIME) {
      return Instant.ofEpochSecond(seconds);
    }
    throw new BadSignatureException("malformed envelope: a time is none");
  }

  /// One certificate, or a list of them.
  private static List<byte[]> chain(@Nullable Object value) {
    return switch (value) {
      case byte[] single -> List.of(single);
      case List<?> all ->
          all.stream().map(der -> der instanceof byte[] bytes ? bytes : new byte[0]).toList();
      case null, default -> List.of();
    };
  }
}
