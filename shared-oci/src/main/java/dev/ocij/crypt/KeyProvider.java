package dev.ocij.crypt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A program that wraps keys in its own way: ocicrypt's key provider protocol. It is asked by a
/// JSON document on its standard input, and answers by one.
///
/// @param parameter what the command line says behind its name
record KeyProvider(String name, List<String> command, String parameter) {
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
    var described = read(file, name).path("key-providers").path(name);
    return new KeyProvider(
        name, command(described, name, file), colon < 0 ? NO_PARAMETER : text.substring(colon + 1));
  }

  /// What a layer is to say of its key.
  byte[] wrap(byte[] secret) {
    var question = Json.object().put("op", "keywrap");
    var wanted = question.putObject("keywrapparams");
    var told = parameters(wanted.putObject("ec"));
    told.putObject("DecryptConfig").putObject("Parameters");
    wanted.put("optsdata", base64(secret));
    question.putObject("keyunwrapparams").putNull("dc").putNull("annotation");
    return answer(question, "keywrapresults", "annotation");
  }

  /// The key of a layer, of what the layer says of it.
  byte[] unwrap(byte[] annotation) {
    var question = Json.object().put("op", "keyunwrap");
    question.putObject("keywrapparams").putNull("ec").putNull("optsdata");
    var wanted = question.putObject("keyunwrapparams");
    parameters(wanted.putObject("dc"));
    wanted.put("annotation", base64(annotation));
    return answer(question, "keyunwrapresults", "optsdata");
  }

  private ObjectNode parameters(ObjectNode told) {
    told.putObject("Parameters")
        .putArray(name)
        .add(base64(parameter.getBytes(StandardCharsets.UTF_8)));
    return told;
  }

  private static JsonNode read(String file, String name) {
    try {
      return Json.readTree(Files.readAllBytes(Path.of(file)), "key providers");
    } catch (IOException e) {
      throw failed(name, "read %s: %s".formatted(Quoted.of(file), Reason.of(e)));
    }
  }

  private static List<String> command(JsonNode described, String name, String file) {
    if (described.has("grpc")) {
      throw failed(name, "it is asked by gRPC, which is not implemented yet; a program (cmd) is");
    }
    var path = described.path("cmd").path("path").asText("");
    if (path.isEmpty()) {
      throw failed(name, "%s describes no program for it".formatted(Quoted.of(file)));
    }
    var command = new ArrayList<>(List.of(path));
    described.path("cmd").path("args").forEach(word -> command.add(word.asText()));
    return List.copyOf(command);
  }

  private byte[] answer(ObjectNode question, String part, String field) {
    var answer = Json.readTree(asked(Json.write(question)), "answer of a key provider");
    try {
      var bytes = Base64.getDecoder().decode(answer.path(part).path(field).asText(""));
      if (bytes.length == 0) {
        throw failed(name, "it answers without %s".formatted(field));
      }
      return bytes;
    } catch (IllegalArgumentException _) {
      throw failed(name, "its answer is not base64");
    }
  }

  private byte[] asked(byte[] question) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (var in = process.getOutputStream()) {
        in.write(question);
      } catch (IOException _) {
        // it ended before it read; its status tells why
      }
      var answer = process.getInputStream().readNBytes(Json.LARGEST_DOCUMENT);
      int status = process.waitFor();
      if (status != 0) {
        throw failed(name, "its program ended with status %d".formatted(status));
      }
      return answer;
    } catch (IOException e) {
      throw failed(name, "run %s: %s".formatted(Quoted.of(command.getFirst()), Reason.of(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed(name, "interrupted");
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
