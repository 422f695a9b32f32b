package dev.ocij.crypt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// A program that is asked on its standard input, and answers on its standard output.
record ProviderProgram(List<String> command) implements ProviderEnd {

  static ProviderProgram of(String path, JsonNode arguments) {
    var command = new ArrayList<>(List.of(path));
    arguments.forEach(word -> command.add(word.asText()));
    return new ProviderProgram(List.copyOf(command));
  }

  @Override
  public byte[] ask(Operation operation, byte[] question) throws IOException {
    var process = started();
    try (var in = process.getOutputStream()) {
      in.write(question);
    } catch (IOException _) {
      // it ended before it read; its status tells why
    }
    var answer = process.getInputStream().readNBytes(Json.LARGEST_DOCUMENT);
    int status = ended(process);
    if (status != 0) {
      throw new IOException("its program ended with status %d".formatted(status));
    }
    return answer;
  }

  private Process started() throws IOException {
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new IOException("run %s: %s".formatted(Quoted.of(command.getFirst()), Reason.of(e)), e);
    }
  }

  private static int ended(Process process) throws InterruptedIOException {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
