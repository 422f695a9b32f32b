package dev.ocij.transport.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Simple signatures that the registry keeps itself, as OpenShift's does: the extension that
/// `X-Registry-Supports-Signatures` announces.
record SignatureExtension(RegistryClient client) {
  private static final String TYPE = "atomic";
  private static final int VERSION = 2;
  private static final int MOST = 100;

  private record Stored(int schemaVersion, String name, String type, byte[] content) {}

  /// The signatures of a manifest; what is of another version or type is nobody's business here.
  List<Signature.Simple> read(Digest manifest) throws IOException {
    var all = Json.readTree(client.storedSignatures(manifest), "signatures").path("signatures");
    if (all.size() > MOST) {
      throw new OciException(
          OciException.Category.INVALID,
          "read signatures of %s: there are more than %d".formatted(manifest, MOST));
    }
    var simple = new ArrayList<Signature.Simple>();
    for (var stored : all) {
      if (stored.path("schemaVersion").asInt() == VERSION
          && stored.path("type").asText().equals(TYPE)) {
        simple.add(new Signature.Simple(content(stored)));
      }
    }
    return simple;
  }

  /// Adds signatures to those that are there; none is there twice.
  void add(Digest manifest, List<Signature.Simple> signatures) throws IOException {
    var there = read(manifest);
    for (var signature : signatures) {
      if (there.stream().noneMatch(k -> Arrays.equals(k.message(), signature.message()))) {
        var name = "%s@%s".formatted(manifest, UUID.randomUUID().toString().replace("-", ""));
        client.storeSignature(
            manifest, Json.write(new Stored(VERSION, name, TYPE, signature.message())));
      }
    }
  }

  private static byte[] content(JsonNode stored) throws IOException {
    var content = stored.path("content").binaryValue();
    return content == null ? new byte[0] : content;
  }
}
