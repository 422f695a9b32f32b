package dev.ocij.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A proxy before a [DockerRegistry] that injects faults at chosen requests.
///
/// The program is one of the [SharedFiles]. Faults are written as it wants them:
/// `reset,match=blob-get,n=2,after=50%`.
public final class FaultyRegistry implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening (\\S+) other (\\S+)");
  private static final String PROGRAM = "faults/faulty_registry.py";

  private final Server server;

  private FaultyRegistry(Server server) {
    this.server = server;
  }

  public static FaultyRegistry before(DockerRegistry registry, String... faults) {
    var program = SharedFiles.required(PROGRAM);
    var python = Tool.required("python3").program().toString();
    var upstream = "http://" + registry.host();
    var command =
        new ArrayList<>(List.of(python, "-u", program.toString(), "--upstream", upstream));
    for (var fault : faults) {
      command.addAll(List.of("--fault", fault));
    }
    return new FaultyRegistry(Server.start(command, ProjectFolder.root(), LISTENING));
  }

  /// The name that a reference begins with.
  public String host() {
    return server.announced(1);
  }

  /// The host that redirects lead to; it must never see credentials.
  public String otherHost() {
    return server.announced(2);
  }

  /// The JSON of counts by class of request, blobs got more than once, and credentials seen by the
  /// other host.
  public String summary() {
    return get("summary");
  }

  /// The JSON of all requests, to this host and to the other.
  public String log() {
    return get("log");
  }

  private String get(String what) {
    return ask(
        HttpRequest.newBuilder(URI.create("http://" + otherHost() + "/__faults/" + what)).build());
  }

  /// Adds a fault to those that are armed.
  public void arm(String fault) {
    var uri = URI.create("http://" + otherHost() + "/__faults/arm?" + fault.replace("%", "%25"));
    ask(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  @Override
  public void close() {
    server.close();
  }

  private static String ask(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("ask " + request.uri(), e);
    }
  }
}
