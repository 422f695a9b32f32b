package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdMapTest {
  /// Ranges are `INSIDE OUTSIDE COUNT`, as the kernel shows them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 500          | 0 1000 1,1 100000 65535  | 0 0 1,1 1 499
          0 1 8,8 0 1      | 0 1000 1,1 100000 65535  | 0 1 8,8 0 1
          0 0 65536        | 0 0 4294967295           | 0 0 65536
          5 0 3,20 3 2     | 0 7 2,2 30 2,4 50 9      | 5 0 2,7 2 1,20 3 1,21 4 1
          """)
  void ranges_are_cut_where_those_outside_end(String map, String outer, String expected) {
    assertThat(text(parse(map).within(parse(outer)))).isEqualTo(expected);
  }

  private static IdMap parse(String ranges) {
    return IdMap.parse(ranges.replace(',', '\n'));
  }

  private static String text(IdMap map) {
    return map.mappings().stream()
        .map(each -> each.containerID() + " " + each.hostID() + " " + each.size())
        .collect(Collectors.joining(","));
  }
}
