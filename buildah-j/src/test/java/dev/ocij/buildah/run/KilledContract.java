package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that are killed at any moment: the next ones do what they say, and nothing stays.
abstract class KilledContract extends ContainerContract {
  private static final int TIMES = 2;
  private static final int LONGEST = 1500;
  private static final int KILLED = 137;

  /// It ended by itself when its time was up.
  private static final int TOO_LATE = 124;

  private final Random random = new Random(11);

  @Override
  void removeAll() {
    podman("pod", "rm", "-f", "-a");
    super.removeAll();
  }

  @Override
  void nothingElseIsLeft() {
    try {
      assertThat(processes().left()).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(store().containers().resolveSibling("names")).isEmptyDirectory();
    assertThat(podman("pod", "ps", "-q").succeeded().stdout()).isEmpty();
    assertThat(podman("volume", "ls", "-q").succeeded().stdout()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run -d --replace --name=c IMAGE sleep 600",
        "run --rm --replace --name=c IMAGE true",
        "create --replace --name=c IMAGE true",
        "pod create --replace --network=none c"
      })
  void what_makes_something_may_be_killed(String line) {
    for (int i = 0; i < TIMES; i++) {
      killed(line);
    }
    podman(words(line)).succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rm -f c", "stop -t 0 c", "restart -t 0 c", "exec c sleep 600", "pod rm -f -i p"})
  void what_is_done_to_something_may_be_killed(String line) {
    podman("pod", "create", "--network=none", "p").succeeded();
    for (int i = 0; i < TIMES; i++) {
      podman(words("run -d --replace --name=c IMAGE sleep 600")).succeeded();
      killed(line);
    }
    podman("rm", "-f", "-i", "c").succeeded();
  }

  /// Where it is quick, it has ended before.
  private void killed(String line) {
    var words = new ArrayList<>(List.of("timeout", "--foreground", "-s", "KILL"));
    words.add(random.nextInt(1, LONGEST) / 1000.0 + "s");
    words.addAll(List.of(store().line(words(line))));
    assertThat(as(words.toArray(String[]::new)).status()).isIn(0, TOO_LATE, KILLED);
  }

  private String[] words(String line) {
    return Stream.of(line.split(" "))
        .map(word -> word.equals("IMAGE") ? store().image() : word)
        .toArray(String[]::new);
  }
}
