package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How well a container is: its `health.json`.
///
/// @param status `starting`, `healthy` or `unhealthy`
/// @param failingStreak how many checks have failed one after the other
/// @param log of the last checks, the oldest first
public record Health(String status, int failingStreak, List<Check> log) implements JsonForm {
  public static final String STARTING = "starting";
  public static final String HEALTHY = "healthy";
  public static final String UNHEALTHY = "unhealthy";

  private static final String FILE = "health.json";
  private static final int KEPT = 5;
  private static final Health BEGINNING = new Health(STARTING, 0, List.of());

  public Health {
    log = List.copyOf(log);
  }

  /// One check.
  ///
  /// @param output its first characters
  public record Check(Instant start, Instant end, int exitCode, String output) implements JsonForm {
    private static Check from(FieldReader json) {
      return new Check(
          json.requiredTime("start"),
          json.requiredTime("end"),
          json.integerOrZero("exitCode"),
          json.required("output"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .time("start", start)
          .time("end", end)
          .number("exitCode", exitCode)
          .put("output", output)
          .node();
    }
  }

  private static Health from(FieldReader json) {
    return new Health(
        json.required("status"),
        json.integerOrZero("failingStreak"),
        json.objects("log", Check::from));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("status", status)
        .number("failingStreak", failingStreak)
        .list("log", log)
        .node();
  }

  /// What is known of the container in this folder; empty where nothing was ever checked.
  public static Optional<Health> read(Path folder) throws IOException {
    try {
      var json = Files.readAllBytes(folder.resolve(FILE));
      return Optional.of(Json.read(json, Health::from, FILE + " of a container"));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Forgets what was, at the beginning of a life.
  public static void begin(Path folder) throws IOException {
    change(folder, _ -> BEGINNING);
  }

  /// Remembers a check.
  public static Health record(Path folder, Check check, HealthPlan plan, Instant started)
      throws IOException {
    return change(folder, before -> before.after(check, plan, started));
  }

  private static Health change(Path folder, UnaryOperator<Health> change) throws IOException {
    try (var _ = Locks.exclusive(folder.resolve("health.lock"))) {
      var changed = change.apply(read(folder).orElse(BEGINNING));
      var pending = folder.resolve(FILE + ".new");
      Files.write(pending, Json.write(changed));
      Files.move(pending, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
      return changed;
    }
  }

  /// A failure in the time that it may take to start counts for nothing, unless it was well before.
  Health after(Check check, HealthPlan plan, Instant started) {
    var checks = new ArrayList<>(log);
    checks.add(check);
    var kept = checks.subList(Math.max(0, checks.size() - KEPT), checks.size());
    if (check.exitCode() == 0) {
      return new Health(HEALTHY, 0, kept);
    }
    boolean early =
        status.equals(STARTING) && check.start().isBefore(started.plus(plan.startPeriod()));
    int streak = early ? failingStreak : failingStreak + 1;
    return new Health(streak >= plan.check().retries() ? UNHEALTHY : status, streak, kept);
  }
}
