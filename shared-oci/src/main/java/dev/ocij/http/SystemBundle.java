package dev.ocij.http;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The certificate authorities of the system, from the places where distributions keep them;
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` come first, as with OpenSSL and Go.
final class SystemBundle {
  private static final List<String> FILES =
      List.of(
          "etc/ssl/certs/ca-certificates.crt",
          "etc/pki/tls/certs/ca-bundle.crt",
          "etc/ssl/ca-bundle.pem",
          "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "etc/ssl/cert.pem");

  private SystemBundle() {}

  static List<EncodedCertificate> read(Environment environment) {
    return files(environment).stream()
        .flatMap(file -> EncodedCertificate.all(text(file), file.toString()).stream())
        .toList();
  }

  private static List<Path> files(Environment environment) {
    var files = new ArrayList<Path>();
    var named = environment.variable("SSL_CERT_FILE").map(Path::of);
    var directory = environment.variable("SSL_CERT_DIR").map(Path::of);
    directory.ifPresent(path -> files.addAll(list(path)));
    named.ifPresent(files::add);
    if (files.isEmpty()) {
      FILES.stream()
          .map(environment::system)
          .filter(Files::isReadable)
          .findFirst()
          .ifPresent(files::add);
    }
    return files;
  }

  private static List<Path> list(Path directory) {
    try (var files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(directory, Reason.of(e)), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
