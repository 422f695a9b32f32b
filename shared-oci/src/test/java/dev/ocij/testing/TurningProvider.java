package dev.ocij.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/// A key provider that turns each byte over, as a program and as a server of gRPC by Python's
/// library. The questions must be as skopeo 1.22 asks them.
public final class TurningProvider implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

  private static final String ANSWER =
      """
      #!/usr/bin/python3
      import base64, json, sys

      def answer(asked):
          assert list(asked) == ["op", "keywrapparams", "keyunwrapparams"]
          wrap = asked["op"] == "keywrap"
          asked = asked["keywrapparams" if wrap else "keyunwrapparams"]
          told = base64.b64decode(asked["ec" if wrap else "dc"]["Parameters"]["turning"][0])
          assert not wrap or asked["ec"]["DecryptConfig"] == {"Parameters": {}}
          if told == b"silent":
              return b""
          if told not in (b"Enabled", b"well"):
              sys.exit(3)
          turned = bytes(b ^ 0xff for b in base64.b64decode(asked["optsdata" if wrap else "annotation"]))
          field = "annotation" if wrap else "optsdata"
          return json.dumps({"keywrapresults" if wrap else "keyunwrapresults":
                             {field: base64.b64encode(turned).decode()}}).encode()
      """;

  private static final String PROGRAM = "sys.stdout.buffer.write(answer(json.load(sys.stdin)))\n";

  /// Field 1 of a message is its JSON; the method must be the one of the operation.
  private static final String SERVER =
      """
      import grpc
      from concurrent import futures

      def varint(number):
          return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)

      def content(message):
          at, length = 1, 0
          assert message[0] == 10
          while True:
              length |= (message[at] & 127) << 7 * (at - 1)
              at += 1
              if message[at - 1] < 128:
                  break
          assert at + length == len(message)
          return message[at:]

      def method(op):
          def call(message, context):
              asked = json.loads(content(message))
              assert asked["op"] == op
              try:
                  answered = answer(asked)
              except SystemExit:
                  context.abort(grpc.StatusCode.PERMISSION_DENIED, "not for 100% of you")
              return b"\\x10\\x05\\x0a" + varint(len(answered)) + answered
          return grpc.unary_unary_rpc_method_handler(call)

      server = grpc.server(futures.ThreadPoolExecutor())
      server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(
          "keyprovider.KeyProviderService", {"WrapKey": method("keywrap"), "UnWrapKey": method("keyunwrap")})])
      port = server.add_insecure_port("127.0.0.1:0")
      assert server.add_insecure_port("unix:" + sys.argv[1])
      server.start()
      print("listening on 127.0.0.1:%d" % port, flush=True)
      server.wait_for_termination()
      """;

  private final Server server;

  private TurningProvider(Server server) {
    this.server = server;
  }

  /// The program, made in a folder.
  public static Path program(Path folder) throws IOException {
    var program = Files.writeString(folder.resolve("turning"), ANSWER + PROGRAM);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The server on a port of its own.
  public static TurningProvider serve(Path folder) throws IOException {
    Require.that(
        Run.of(List.of(PYTHON, "-c", "import grpc")).outcome().status() == 0,
        "gRPC for Python is not installed: apt-get install python3-grpcio");
    var program = Files.writeString(folder.resolve("turning-server"), ANSWER + SERVER);
    return new TurningProvider(
        Server.start(
            List.of(PYTHON, program.toString(), socket(folder).toString()), folder, LISTENING));
  }

  /// The file that a server in this folder listens at, too.
  public static Path socket(Path folder) {
    return folder.resolve("turning.sock");
  }

  /// `127.0.0.1:PORT`.
  public String host() {
    return server.announced(1);
  }

  @Override
  public void close() {
    server.close();
  }
}
