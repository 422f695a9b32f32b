package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.CommandFamily;
import dev.ocij.term.Commands;
import dev.ocij.term.HeadStart;
import dev.ocij.term.LoginCommand;
import dev.ocij.term.LogoutCommand;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;

/// The program `buildah-j [options] command [options] arguments`: builds images from
/// Containerfiles, without a daemon and without root.
final class BuildahJ {
  private static final String VERSION =
      "buildah version 1.43.2 (buildah-j 0.1.0, image-spec 1.1.1, runtime-spec 1.2.1)";

  private BuildahJ() {}

  public static void main(String[] args) {
    program(args).runAndHalt(args);
  }

  /// @param arguments the command line, for what it will wait for begins now; none where nothing
  ///   shall
  static Program program(String... arguments) {
    HeadStart.begin(arguments, HeadStart.DIGESTS);
    var options =
        Options.ofProgram("Builds images from Containerfiles, without a daemon and without root.");
    var store = new StoreFlags(options);
    var mappings = new ProgramMappings(options);
    var commands =
        Commands.none()
            .with("build", () -> new BuildCommand(store, mappings), "bud", "build-using-dockerfile")
            .with("add", () -> new CopyCommand("ADD", store))
            .with("commit", () -> new CommitCommand(store))
            .with("config", () -> new ConfigCommand(store))
            .with("containers", () -> new ContainersCommand(store), "list", "ls", "ps")
            .with("java", () -> new JavaCommand(store))
            .with("kaniko", () -> new KanikoCommand(store))
            .with("copy", () -> new CopyCommand("COPY", store))
            .with("doctor", () -> new DoctorCommand(store))
            .with("from", () -> new FromCommand(store, mappings))
            .with("history", () -> new HistoryCommand(store))
            .with("images", () -> new ImagesCommand(store))
            .with("info", () -> new InfoCommand(store))
            .with("inspect", () -> new InspectCommand(store))
            .with("login", LoginCommand::new)
            .with("logout", LogoutCommand::new)
            .with("manifest", () -> manifest(store))
            .with("mkcw", BuildahJ::confidential)
            .with("mount", () -> new MountCommand(store))
            .with("prune", () -> new PruneCommand(store))
            .with("pull", () -> new PullCommand(store))
            .with("push", () -> new PushCommand(store))
            .with("rename", () -> new RenameCommand(store))
            .with("rm", () -> new RmCommand(store), "delete")
            .with("rmi", () -> new RmiCommand(store))
            .with("run", () -> new RunCommand(store, mappings))
            .with("source", BuildahJ::sources)
            .with("tag", () -> new TagCommand(store))
            .with("umount", () -> new UmountCommand(store), "unmount")
            .with("unshare", () -> new UnshareCommand(store))
            .with("verify-build", () -> new VerifyBuildCommand(store))
            .with("version", VersionCommand::new);
    return new Program(
        "buildah-j", VERSION, options, commands, new BuildahErrors().tracing(store::isDebugging));
  }

  private static Command confidential() {
    return new RefusedCommand(
        "Refused: no image is made for confidential workloads.",
        "mkcw is not implemented: no disk is encrypted and no workload registered here; push the"
            + " image and make the confidential one of it with buildah's mkcw");
  }

  private static Command sources() {
    return new RefusedCommand(
        "Refused: no image of sources is made.",
        "source is not implemented: attach sources to an image as an artifact with manifest add"
            + " --artifact, or make source images with buildah");
  }

  private static CommandFamily manifest(StoreFlags store) {
    var commands =
        Commands.none()
            .with("add", () -> new ManifestAddCommand(store))
            .with("annotate", () -> new ManifestAnnotateCommand(store))
            .with("create", () -> new ManifestCreateCommand(store))
            .with("exists", () -> new ManifestExistsCommand(store))
            .with("inspect", () -> new ManifestInspectCommand(store))
            .with("push", () -> new ManifestPushCommand(store))
            .with("remove", () -> new ManifestRemoveCommand(store))
            .with("rm", () -> new ManifestRmCommand(store));
    var description = "Lists of images, one for each platform.";
    var errors = new BuildahErrors().tracing(store::isDebugging);
    return new CommandFamily("buildah-j manifest", description, commands, errors);
  }
}
