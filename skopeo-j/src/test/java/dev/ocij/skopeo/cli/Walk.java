package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One case on its way, at a registry of one kind.
final class Walk {
  private final WalkPlaces places;
  private final WalkPlaces.Kind kind;
  private final String name;
  private final Path out;
  private String typed = "";
  private @Nullable Outcome last;

  /// @param name that nobody else has
  /// @param out a folder of its own
  Walk(WalkPlaces places, WalkPlaces.Kind kind, String name, Path out) {
    this.places = places;
    this.kind = kind;
    this.name = name;
    this.out = out;
  }

  /// Goes through the steps; where one is not as it says, an AssertionError tells.
  void through(WalkCase walked) throws IOException {
    for (var step : walked.steps()) {
      var text = places.filled(step.replace("{flag}", walked.flag()), kind, name, out);
      int space = text.indexOf(' ');
      go(text.substring(0, space), text.substring(space + 1));
    }
  }

  private void go(String verb, String rest) throws IOException {
    switch (verb) {
      case "type" -> typed = rest;
      case "run" -> last = ours(rest).succeeded();
      case "fail" -> last = ours(rest).failed();
      case "gpg" -> last = beside(SkopeoLine.with(rest.split(" "))).succeeded();
      case "gpg-fail" -> last = beside(SkopeoLine.with(rest.split(" "))).failed();
      case "skopeo" -> last = beside(Tool.required("skopeo").with(rest.split(" "))).succeeded();
      case "out" -> assertThat(outcome().stdout()).contains(rest);
      case "no-out" -> assertThat(outcome().stdout()).doesNotContain(rest);
      case "err" -> assertThat(outcome().stderr()).containsIgnoringCase(rest);
      case "no-err" -> assertThat(outcome().stderr()).doesNotContainIgnoringCase(rest);
      case "heard" -> assertThat(places.heard).anySatisfy(one -> assertThat(one).contains(rest));
      case "file" -> file(rest);
      case "some" -> assertThat(some(Path.of(rest))).as(rest).isNotEmpty();
      case "none" -> assertThat(some(Path.of(rest))).as(rest).isEmpty();
      case "seen" -> assertSeen(rest);
      default -> throw new IllegalArgumentException(verb);
    }
  }

  private Outcome outcome() {
    return Objects.requireNonNull(last);
  }

  private Outcome ours(String line) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      return SkopeoLine.run(line.split(" "));
    } finally {
      System.setIn(before);
    }
  }

  /// In a process of its own, with the homes of gpg and of Sequoia.
  private Outcome beside(Run run) {
    return run.with(places.environment()).outcome();
  }

  private static void file(String pathAndText) throws IOException {
    int space = pathAndText.indexOf(' ');
    assertThat(Path.of(pathAndText.substring(0, space)))
        .content()
        .contains(pathAndText.substring(space + 1));
  }

  /// The files below a path whose last name begins as the last word of it.
  private static Stream<Path> some(Path path) throws IOException {
    var parent = Objects.requireNonNull(path.getParent());
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    try (var files = Files.list(parent)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(path.getFileName().toString()))
          .toList()
          .stream();
    }
  }

  /// Another test sees the option: it must be there.
  private static void assertSeen(String test) {
    var parts = test.split("#");
    try {
      var methods =
          Class.forName(Walk.class.getPackageName() + "." + parts[0]).getDeclaredMethods();
      assertThat(Stream.of(methods).map(java.lang.reflect.Method::getName)).contains(parts[1]);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
