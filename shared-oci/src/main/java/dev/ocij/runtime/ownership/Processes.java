package dev.ocij.runtime.ownership;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whom each process of the container takes itself for: what its parent was when it was first heard
/// of, until it changes that.
final class Processes {
  private static final int MANY = 1024;

  /// @param started by the clock of the machine: a number is given again, with another start
  private record Known(String started, Credentials credentials) {}

  /// @param started field 22 of /proc/PID/stat
  private record Seen(long number, long parent, String started) {}

  private final Credentials first;
  private final Map<Long, Known> known = new HashMap<>();

  Processes(Credentials first) {
    this.first = first;
  }

  Credentials of(long thread) {
    // While nobody has changed, nobody needs to be looked at.
    return known.isEmpty() ? first : process(thread).map(this::of).orElse(first);
  }

  void set(long thread, Credentials credentials) {
    var process = process(thread);
    if (process.isEmpty() || (known.isEmpty() && credentials.equals(first))) {
      return;
    }
    if (known.size() >= MANY) {
      known.keySet().removeIf(number -> !Files.exists(Path.of("/proc/" + number)));
    }
    known.put(process.get().number(), new Known(process.get().started(), credentials));
  }

  private Credentials of(Seen process) {
    var entry = known.get(process.number());
    if (entry != null && entry.started().equals(process.started())) {
      return entry.credentials();
    }
    var parent =
        process.parent() == ProcessHandle.current().pid()
            ? Optional.<Seen>empty()
            : read(process.parent());
    var credentials = parent.map(this::of).orElse(first);
    known.put(process.number(), new Known(process.started(), credentials));
    return credentials;
  }

  private static Optional<Seen> process(long thread) {
    return status(thread, "Tgid").map(Long::parseLong).flatMap(Processes::read);
  }

  private static Optional<Seen> read(long number) {
    return number <= 1
        ? Optional.empty()
        : text("/proc/%d/stat".formatted(number))
            // The name of the program may hold anything; what follows holds no parenthesis.
            .map(text -> text.substring(text.lastIndexOf(')') + 1).strip().split(" "))
            .map(fields -> new Seen(number, Long.parseLong(fields[1]), fields[19]));
  }

  /// The bits that new files of a thread do not get.
  static int umask(long thread) {
    return status(thread, "Umask").map(text -> Integer.parseInt(text, 8)).orElse(0);
  }

  private static Optional<String> status(long thread, String key) {
    return text("/proc/%d/status".formatted(thread))
        .flatMap(text ->
            text.lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst());
  }

  private static Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
