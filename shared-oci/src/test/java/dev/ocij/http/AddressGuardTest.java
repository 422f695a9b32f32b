package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hosts that a registry sends us to, by the address that their name leads to. Names are not asked
/// for, and a server of this machine stands for all of them.
class AddressGuardTest {
  @AutoClose private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.enqueue(new MockResponse(200, Headers.EMPTY, "here"));
    server.start();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          192.0.2.1, harmless.example, 169.254.169.254
          192.0.2.1, harmless.example, fe80::1
          192.0.2.1, harmless.example, 0.0.0.0
          192.0.2.1, harmless.example, ::
          192.0.2.1, harmless.example, 127.0.0.1
          192.0.2.1, harmless.example, ::1
          192.0.2.1, harmless.example, 10.1.2.3
          192.0.2.1, harmless.example, 172.16.0.1
          192.0.2.1, harmless.example, 192.168.1.1
          192.0.2.1, harmless.example, fd00:ec2::254
          127.0.0.1, harmless.example, 169.254.169.254
          10.0.0.1,  harmless.example, fe80::1
          """)
  void an_address_that_is_only_ours_is_refused_whatever_its_name(
      String registry, String host, String address) {
    assertThatThrownBy(() -> ask(registry, host, address))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageStartingWith(registry + " sent us to " + host + " at the internal address ");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          192.0.2.1, other.example,   198.51.100.7
          192.0.2.1, other.example,   2001:db8::1
          127.0.0.1, other.example,   127.0.0.1
          10.0.0.1,  other.example,   192.168.1.1
          own.example, own.example,   10.1.2.3
          """)
  void others_are_asked(String registry, String host, String address) throws IOException {
    assertThat(ask(registry, host, address)).isEqualTo("here");
  }

  private String ask(String registry, String host, String address) throws IOException {
    var there = InetAddress.getByName(address);
    var http =
        new OkHttpClient.Builder()
            .dns(_ -> List.of(there))
            .socketFactory(new Elsewhere(there))
            .addNetworkInterceptor(new AddressGuard(registry))
            .build();
    var url = server.url("/").newBuilder().host(host).build();
    try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }

  /// Sockets that are connected to the server, and say that it is elsewhere.
  private final class Elsewhere extends SocketFactory {
    private final InetAddress address;

    private Elsewhere(InetAddress address) {
      super();
      this.address = address;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
          super.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), timeout);
        }

        @Override
        public InetAddress getInetAddress() {
          return address;
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
