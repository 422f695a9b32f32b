package dev.ocij.crypt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.crypt.ProviderEnd.Operation;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/// Somebody else who wraps keys in a way of his own: ocicrypt's key provider protocol. He is asked
/// by a JSON document, and answers by one.
///
/// @param parameter what the command line says behind its name
record KeyProvider(String name, ProviderEnd end, String parameter) {
  private static final String CONFIG = "OCICRYPT_KEYPROVIDER_CONFIG";
  private static final String NO_PARAMETER = "Enabled";

  /// The provider in `NAME` or `NAME:PARAMETER`.
  ///
  /// @param environment whose `OCICRYPT_KEYPROVIDER_CONFIG` names the file that describes it
  static KeyProvider parse(String text, Map<String, String> environment) {
    int colon = text.indexOf(':');
    var name = colon < 0 ? text : text.substring(0, colon);
    var file = environment.getOrDefault(CONFIG, "");
    if (file.isEmpty()) {
      throw failed(name, "no key providers are known; %s must name their file".formatted(CONFIG));
    }
    return new KeyProvider(
        name, end(file, name), colon < 0 ? NO_PARAMETER : text.substring(colon + 1));
  }

  /// What a layer is to say of its key.
  byte[] wrap(byte[] secret) {
    var question = question(Operation.WRAP);
    var wanted = question.putObject("keywrapparams");
    var told = parameters(wanted.putObject("ec"));
    told.putObject("DecryptConfig").putObject("Parameters");
    wanted.put("optsdata", base64(secret));
    question.putObject("keyunwrapparams").putNull("dc").putNull("annotation");
    return answer(Operation.WRAP, question, "keywrapresults", "annotation");
  }

  /// The key of a layer, of what the layer says of it.
  byte[] unwrap(byte[] annotation) {
    var question = question(Operation.UNWRAP);
    question.putObject("keywrapparams").putNull("ec").putNull("optsdata");
    var wanted = question.putObject("keyunwrapparams");
    parameters(wanted.putObject("dc"));
    wanted.put("annotation", base64(annotation));
    return answer(Operation.UNWRAP, question, "keyunwrapresults", "optsdata");
  }

  private ObjectNode parameters(ObjectNode told) {
    told.putObject("Parameters")
        .putArray(name)
        .add(base64(parameter.getBytes(StandardCharsets.UTF_8)));
    return told;
  }

  private static ObjectNode question(Operation operation) {
    return Json.object().put("op", operation.op());
  }

  private static ProviderEnd end(String file, String name) {
    try {
      return ProviderEnd.of(read(file).path("key-providers").path(name))
          .orElseThrow(() ->
              failed(name, "%s describes no program or server for it".formatted(Quoted.of(file))));
    } catch (IOException e) {
      throw failed(name, Reason.of(e));
    }
  }

  private static JsonNode read(String file) throws IOException {
    try {
      return Json.readTree(Files.readAllBytes(Path.of(file)), "key providers");
    } catch (IOException e) {
      throw new IOException("read %s: %s".formatted(Quoted.of(file), Reason.of(e)), e);
    }
  }

  private byte[] answer(Operation operation, ObjectNode question, String part, String field) {
    try {
      var answer =
          Json.readTree(end.ask(operation, Json.write(question)), "answer of a key provider");
      var bytes = Base64.getDecoder().decode(answer.path(part).path(field).asText(""));
      if (bytes.length == 0) {
        throw failed(name, "it answers without %s".formatted(field));
      }
      return bytes;
    } catch (IOException e) {
      throw failed(name, Reason.of(e));
    } catch (IllegalArgumentException _) {
      throw failed(name, "its answer is not base64");
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static OciException failed(String name, String found) {
    return new OciException(
        OciException.Category.IMPOSSIBLE,
        "ask key provider %s: %s".formatted(Quoted.of(name), found));
  }
}
