package dev.ocij.skopeo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// One of the two programs that are compared, with a folder and repositories of its own.
///
/// @param out what it alone writes to
record Side(String name, SharedPlaces places, Path out, Function<String[], Outcome> program) {
  static Side of(String name, SharedPlaces places, Function<String[], Outcome> program)
      throws IOException {
    var out = Files.createDirectory(places.folder().resolve(name));
    return new Side(name, places, out, program);
  }

  /// How it answers a line whose words for places stand for its own.
  Answer answer(String line) {
    var words = Stream.of(line.split(" ")).map(this::resolved).toArray(String[]::new);
    var outcome = program.apply(words);
    return new Answer(outcome.status(), unresolved(outcome.stdout()), outcome.stderr().strip());
  }

  private String resolved(String word) {
    return word.replace("HOST", places.host())
        .replace("TLS", places.tls())
        .replace("DAEMON", places.daemon())
        .replace("NEW", name)
        .replace("OUT", out.toString())
        .replace("DIGEST", places.digest())
        .replace("DIR", places.folder().toString());
  }

  private String unresolved(String printed) {
    return printed
        .replace(places.host() + "/" + name, "HOST/NEW")
        .replace(places.tls() + "/" + name, "TLS/NEW")
        .replace(out.toString(), "OUT");
  }

  /// @param stderr is not compared; it tells what went wrong
  record Answer(int status, String stdout, String stderr) {
    /// What newer versions than an installed skopeo print more of.
    private static final List<String> NEW = List.of("LayersData");

    /// Whether this answers as `theirs` does. Where they end with 1, newer versions end with 2 if
    /// the image to read is not there.
    boolean isAlike(Answer theirs) {
      return (status == theirs.status || (status == 2 && theirs.status == 1))
          && (stdout.equals(theirs.stdout) || isAlike(json(), theirs.json()));
    }

    private static boolean isAlike(JsonNode ours, JsonNode theirs) {
      if (ours instanceof ObjectNode fields) {
        NEW.stream().filter(name -> !theirs.has(name)).forEach(fields::remove);
      }
      return !ours.isMissingNode() && ours.equals(theirs);
    }

    private JsonNode json() {
      try {
        return stdout.startsWith("{") ? Json.mapper().readTree(stdout) : MissingNode.getInstance();
      } catch (JsonProcessingException _) {
        return MissingNode.getInstance();
      }
    }
  }
}
