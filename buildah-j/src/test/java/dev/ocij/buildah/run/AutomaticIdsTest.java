package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.runtime.RootFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticIdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          root:x:0:0::/:/bin/sh                | root:x:0:  | ''      | 1024
          app:x:5000:5000::/:/bin/sh           | root:x:0:  | ''      | 5001
          nobody:x:65534:65534::/:/bin/sh      | all:x:2047 | ''      | 2048
          broken                               | ''         | ''      | 1024
          far:x:4000000000:1::/:/bin/sh        | ''         | ''      | 65536
          root:x:0:0::/:/bin/sh                | root:x:0:  | 3000:41 | 3001
          root:x:0:0::/:/bin/sh                | root:x:0:  | www     | 1024
          """)
  void an_image_needs_ids_for_its_accounts(String passwd, String group, String user, long size) {
    RootFiles files =
        path -> Optional.ofNullable(Map.of("/etc/passwd", passwd, "/etc/group", group).get(path));
    assertThat(AutomaticIds.needed(files, user)).isEqualTo(size);
  }

  /// Ranges are `INSIDE OUTSIDE COUNT`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1024 | ''          | 1   | 0 1 1024
          100  | 0 0 1       | 1   | 0 0 1,1 1 99
          100  | 8 0 1       | 50  | 0 50 8,8 0 1,9 58 91
          10   | 20 0 2      | 1   | 0 1 10,20 0 2
          10   | 5 0 9       | 1   | 0 1 5,5 0 9
          10   | 5 7 1,2 9 1 | 100 | 0 100 2,2 9 1,3 102 2,5 7 1,6 104 4
          """)
  void given_ranges_stay_and_the_others_fill_the_rest(
      long size, String given, long start, String map) {
    assertThat(text(AutomaticIds.map(size, ranges(given), start).mappings())).isEqualTo(map);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 1 65536           | ''                 | 1024  | 1
          0 1 65536           | 0 1 1024           | 1024  | 1025
          0 1 65536           | 0 1 10,0 2000 1000 | 1024  | 11
          0 1 65536           | 0 1 10,0 500 1000  | 1024  | 1500
          0 1 65536           | 5 0 1              | 65536 | 1
          0 1 65536           | 0 1 1              | 65536 | none
          0 1 100,0 5000 2000 | ''                 | 1024  | 5000
          0 1 100,0 5000 2000 | 0 5000 1000        | 1024  | none
          """)
  void the_first_free_range_is_taken(String available, String taken, long count, String start) {
    var free = TakenIds.free(ranges(available), ranges(taken), count);
    assertThat(free.map(String::valueOf).orElse("none")).isEqualTo(start);
  }

  @Test
  void root_takes_the_ranges_of_a_user_who_is_named_for_it() {
    var file =
        "me:100000:65536\ncontainers:2147483647:2147483648\ncontainers:x:1\ncontainers:5:6\n";
    assertThat(text(TakenIds.ranges(file))).isEqualTo("0 2147483647 2147483648,0 5 6");
  }

  private static List<IdMapping> ranges(String text) {
    return Stream.of(text.split(","))
        .filter(range -> !range.isEmpty())
        .map(range -> range.strip().split(" "))
        .map(words ->
            new IdMapping(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])))
        .toList();
  }

  private static String text(List<IdMapping> ranges) {
    return ranges.stream()
        .map(each -> each.containerID() + " " + each.hostID() + " " + each.size())
        .collect(Collectors.joining(","));
  }
}
