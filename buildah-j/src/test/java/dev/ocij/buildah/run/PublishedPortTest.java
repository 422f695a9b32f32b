package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedPortTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          80                    | 0.0.0.0::80/tcp
          8080:80               | 0.0.0.0:8080:80/tcp
          53:53/udp             | 0.0.0.0:53:53/udp
          127.0.0.1:8080:80     | 127.0.0.1:8080:80/tcp
          127.0.0.1::80         | 127.0.0.1::80/tcp
          :80                   | 0.0.0.0::80/tcp
          0:80                  | 0.0.0.0::80/tcp
          127.0.0.1:0:80        | 127.0.0.1::80/tcp
          [::1]:1:2             | [::1]:1:2/tcp
          8000-8001:80-81       | 0.0.0.0:8000:80/tcp, 0.0.0.0:8001:81/tcp
          80-81                 | 0.0.0.0::80/tcp, 0.0.0.0::81/tcp
          """)
  void is_read(String text, String expected) {
    assertThat(PublishedPort.parse(text).toString()).isEqualTo("[" + expected + "]");
    assertThat(PublishedPort.parse(PublishedPort.parse(text).getFirst().toString()))
        .containsExactly(PublishedPort.parse(text).getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x          | invalid port "x": expected [[IP:][HOSTPORT]:]PORT[/PROTOCOL]
          80/sctp    | invalid port "80/sctp": the protocol is tcp or udp
          1-2:3      | invalid port "1-2:3": the ranges have different lengths
          2-1        | invalid port "2-1": the range ends before it begins
          70000      | invalid port "70000": ports are from 1 to 65535
          80:0       | invalid port "80:0": ports are from 1 to 65535
          1:2:3:4    | invalid port "1:2:3:4": expected [[IP:][HOSTPORT]:]PORT[/PROTOCOL]
          """)
  void is_refused(String text, String error) {
    assertThatThrownBy(() -> PublishedPort.parse(text)).hasMessage(error);
  }
}
