package dev.ocij.trust.notation;

import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.FuzzTarget;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/// The parsers of the Notary Project's envelopes.
public final class NotationFuzzTargets {
  private NotationFuzzTargets() {}

  public static List<FuzzTarget> all() {
    var cose = envelope(NotationSigner.Encoding.COSE);
    return List.of(
        new FuzzTarget("jws", List.of(envelope(NotationSigner.Encoding.JWS)), Jws::parse),
        new FuzzTarget("cose", List.of(cose), Cose::parse),
        new FuzzTarget(
            "cbor", List.of(cose, new byte[] {(byte) 0x81, 0x01}), NotationFuzzTargets::cbor));
  }

  /// What is written of a value that was read is read as the same.
  private static void cbor(byte[] bytes) {
    var written = CborWriter.write(Cbor.read(bytes));
    if (!Arrays.equals(written, CborWriter.write(Cbor.read(written)))) {
      throw new AssertionError("written CBOR reads otherwise");
    }
  }

  private static byte[] envelope(NotationSigner.Encoding encoding) {
    var root = Authority.root("root");
    var key = Authority.key("EC");
    var chain = List.of(root.issue(new Authority.Form().keys(key)), root.certificate());
    return new NotationSigner(key.getPrivate(), chain, encoding, Clock.systemUTC())
        .sign(Candidates.manifest("a"), Candidates.NAME)
        .envelope();
  }
}
