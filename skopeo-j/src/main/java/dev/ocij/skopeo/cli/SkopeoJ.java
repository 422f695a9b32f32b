package dev.ocij.skopeo.cli;

import dev.ocij.http.Retries;
import dev.ocij.term.Commands;
import dev.ocij.term.HeadStart;
import dev.ocij.term.LoginCommand;
import dev.ocij.term.LogoutCommand;
import dev.ocij.term.Program;
import dev.ocij.transport.registry.RegistryTransport;
import java.util.Set;
import java.util.stream.Stream;

/// The program `skopeo-j [options] command [options] arguments`: copies, inspects, mirrors, signs
/// and verifies images.
final class SkopeoJ {
  private static final String VERSION = "skopeo version 1.22.0 (skopeo-j 0.1.0)";

  private static final Set<String> COPYING = Set.of("copy", "sync");

  private SkopeoJ() {}

  public static void main(String[] args) {
    program(args).runAndHalt(args);
  }

  /// @param arguments the command line, for what it will wait for begins now; none where nothing
  ///   shall
  static Program program(String... arguments) {
    if (Stream.of(arguments).anyMatch(each -> each.startsWith("docker://"))) {
      RegistryTransport.prepare();
      HeadStart.begin(arguments, HeadStart.ADDRESSES, HeadStart.DIGESTS, end(arguments));
    } else {
      HeadStart.begin(arguments, HeadStart.DIGESTS);
    }
    return program(Retries.system());
  }

  /// Only the threads of a copy are still in native code when all is done, see
  /// [dev.ocij.linux.ProcessEnd].
  private static Runnable end(String... arguments) {
    return Stream.of(arguments).anyMatch(COPYING::contains) ? HeadStart.SYSCALLS : () -> {};
  }

  /// @param retries when requests that failed are made again
  static Program program(Retries retries) {
    var global = new GlobalFlags(retries);
    var commands =
        Commands.none()
            .with("attest", () -> new AttestCommand(global))
            .with("copy", () -> new CopyCommand(global))
            .with("delete", () -> new DeleteCommand(global))
            .with("generate-sigstore-key", GenerateSigstoreKeyCommand::new)
            .with("inspect", () -> new InspectCommand(global))
            .with("list-tags", () -> new ListTagsCommand(global))
            .with("login", () -> new LoginCommand(global::environment))
            .with("logout", LogoutCommand::new)
            .with("manifest-digest", ManifestDigestCommand::new)
            .with("policy", () -> new PolicyCommand(global))
            .with("sign", () -> new SignCommand(global))
            .with("standalone-sign", StandaloneSignCommand::new)
            .with("standalone-verify", StandaloneVerifyCommand::new)
            .with("sync", () -> new SyncCommand(global))
            .with(
                "untrusted-signature-dump-without-verification", UntrustedSignatureDumpCommand::new)
            .with("verify", () -> new VerifyCommand(global));
    return new Program(
        "skopeo-j",
        VERSION,
        global.options,
        commands,
        new LogLineErrors(global),
        global::commandTimeout);
  }
}
