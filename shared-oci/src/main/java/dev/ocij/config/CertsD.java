package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The certificates for one registry: containers-certs.d(5).
///
/// @param authorities files `*.crt`
/// @param clientCertificates files `NAME.cert` with `NAME.key` beside them
public record CertsD(List<Path> authorities, List<ClientCertificate> clientCertificates) {
  /// Who we are to a registry that asks for a certificate.
  public record ClientCertificate(Path certificate, Path key) {}

  public CertsD {
    authorities = List.copyOf(authorities);
    clientCertificates = List.copyOf(clientCertificates);
  }

  /// The directory that was named, or the first that exists for the registry.
  ///
  /// @param registry as in references, with a port only where they have it
  public static CertsD of(Environment environment, String registry, @Nullable Path named) {
    if (named != null) {
      return read(named);
    }
    return Stream.of(
            environment.userConfig().resolve("containers/certs.d"),
            environment.system("etc/containers/certs.d"),
            environment.system("etc/docker/certs.d"))
        .map(directory -> directory.resolve(registry))
        .filter(Files::isDirectory)
        .findFirst()
        .map(CertsD::read)
        .orElseGet(() -> new CertsD(List.of(), List.of()));
  }

  private static CertsD read(Path directory) {
    var authorities = new ArrayList<Path>();
    var clients = new ArrayList<ClientCertificate>();
    for (var file : list(directory)) {
      var name = file.getFileName().toString();
      if (name.endsWith(".crt")) {
        authorities.add(file);
      } else if (name.endsWith(".cert")) {
        clients.add(new ClientCertificate(file, keyOf(file, name)));
      }
    }
    return new CertsD(authorities, clients);
  }

  private static Path keyOf(Path certificate, String name) {
    var key = certificate.resolveSibling(name.replaceFirst("cert$", "key"));
    if (!Files.isReadable(key)) {
      throw new OciException(
          OciException.Category.IO,
          "read %s: its key %s is missing".formatted(certificate, key.getFileName()));
    }
    return key;
  }

  private static List<Path> list(Path directory) {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(directory, Reason.of(e)), e);
    }
  }
}
