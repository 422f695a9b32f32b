package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.Miss;
import dev.ocij.buildah.build.Tier;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Platform;
import dev.ocij.transport.local.LocalTransport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A build told in buildah's lines.
final class StepLines implements BuildOutput {
  private final PrintWriter out;
  private final PrintWriter aside;
  private final List<String> tags;
  private final boolean watched;
  private final Set<String> tiers = ConcurrentHashMap.newKeySet();
  private final List<String> unconsumed = new ArrayList<>();
  private final Map<Integer, Miss> missed = new ConcurrentHashMap<>();
  private @Nullable Location first;
  private String platform = "";

  /// @param aside for what is none of buildah's lines
  StepLines(PrintWriter out, PrintWriter aside) {
    this(out, aside, List.of(), false);
  }

  /// @param tags the names for the image as they were given, which a commit shows
  /// @param watched whether a person looks, who may want to know how long steps take, and why
  StepLines(PrintWriter out, PrintWriter aside, List<String> tags, boolean watched) {
    this.watched = watched;
    this.tags = List.copyOf(tags);
    this.out = out;
    this.aside = aside;
  }

  @Override
  public void tier(Supplier<Tier> tier) {
    var sentence = tier.get().toString();
    if (tiers.add(sentence)) {
      aside.println(sentence);
      aside.flush();
    }
  }

  @Override
  public void platform(Platform now) {
    platform = "[%s] ".formatted(now);
  }

  @Override
  public void step(Stage stage, int stages, int number, int count, String line) {
    say("%sSTEP %s/%s: %s".formatted(mark(stage, stages), number, count, line));
  }

  @Override
  public void cached(Stage stage, int stages, Digest key) {
    say(mark(stage, stages) + "--> Using cache " + key.hex());
  }

  @Override
  public void missed(Stage stage, int stages, Miss why) {
    if (watched) {
      missed.put(stage.index(), why);
    } else if (why.isSurprising()) {
      aside.println(mark(stage, stages) + "--> Not cached: " + why);
      aside.flush();
    }
  }

  @Override
  public void done(Stage stage, int stages, Duration time) {
    var why = missed.remove(stage.index());
    if (why != null) {
      long tenths = (time.toMillis() + 50) / 100;
      say(
          "%s--> %s.%ss, not cached: %s"
              .formatted(mark(stage, stages), tenths / 10, tenths % 10, why));
    }
  }

  @Override
  public String mark(Stage stage, int stages) {
    return platform + (stages > 1 ? "[%s/%s] ".formatted(stage.index() + 1, stages) : "");
  }

  @Override
  public void cachePulled(String repository, Digest key) {
    say("--> Cache pulled from remote %s:%s".formatted(repository, key.hex()));
  }

  @Override
  public void cachePushing(String repository, Digest key) {
    say("--> Pushing cache [%s]:%s".formatted(repository, key.hex()));
  }

  @Override
  public void warning(String sentence) {
    say("[Warning] " + sentence);
  }

  @Override
  public void committing(Location target) {
    first = first == null ? target : first;
    if (!isFurtherName(target)) {
      say(("COMMIT " + shown(target)).strip());
    }
  }

  @Override
  public void committed(Location target, Digest id) {
    if (!isFurtherName(target)) {
      say("--> " + id.shortHex());
    }
    if (!unconsumed.isEmpty()) {
      say("[Warning] one or more build args were not consumed: " + unconsumed);
      unconsumed.clear();
    }
    if (target.transport().equals(LocalTransport.NAME) && !target.rest().isEmpty()) {
      say("Successfully tagged " + target.rest());
    }
  }

  /// Whether nothing is made there but a name for what was committed already.
  private boolean isFurtherName(Location target) {
    return !target.equals(first) && target.transport().equals(LocalTransport.NAME);
  }

  @Override
  public void unconsumed(String argument) {
    unconsumed.add(argument);
  }

  private String shown(Location target) {
    if (!target.transport().equals(LocalTransport.NAME)) {
      return target.toString();
    }
    return tags.stream()
        .filter(tag -> isCompleted(tag, target.rest()))
        .findFirst()
        .orElse(target.rest());
  }

  private static boolean isCompleted(String tag, String name) {
    return Stream.of(tag, tag + ":latest")
        .anyMatch(each -> name.equals(each) || name.equals("localhost/" + each));
  }

  /// At once, for the commands of RUN write to the same place.
  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
