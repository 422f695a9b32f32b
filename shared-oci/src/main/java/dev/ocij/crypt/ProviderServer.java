package dev.ocij.crypt;

import dev.ocij.crypt.grpc.GrpcService;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;

/// A server that is asked by gRPC.
///
/// @param target as the configuration names it
record ProviderServer(String target, GrpcService service) implements ProviderEnd {
  private static final String SERVICE = "keyprovider.KeyProviderService";

  static ProviderServer parse(String target) throws IOException {
    return GrpcService.parse(target, SERVICE)
        .map(service -> new ProviderServer(target, service))
        .orElseThrow(() ->
            new IOException(
                "grpc %s: expected HOST:PORT or unix:PATH".formatted(Quoted.of(target))));
  }

  @Override
  public byte[] ask(Operation operation, byte[] question) throws IOException {
    try {
      return service.call(operation.method(), question);
    } catch (IOException e) {
      throw new IOException("call %s: %s".formatted(Quoted.escape(target), Reason.of(e)), e);
    }
  }
}
