package dev.ocij.buildah.podman;

import dev.ocij.buildah.cli.BuildCommand;
import dev.ocij.buildah.cli.HistoryCommand;
import dev.ocij.buildah.cli.PushCommand;
import dev.ocij.buildah.cli.TagCommand;
import dev.ocij.buildah.cli.UnshareCommand;
import dev.ocij.buildah.podman.image.ExistsCommand;
import dev.ocij.buildah.podman.image.ImagePruneCommand;
import dev.ocij.buildah.podman.image.ImagesCommand;
import dev.ocij.buildah.podman.image.ImportCommand;
import dev.ocij.buildah.podman.image.InspectedImage;
import dev.ocij.buildah.podman.image.LoadCommand;
import dev.ocij.buildah.podman.image.PullCommand;
import dev.ocij.buildah.podman.image.RmiCommand;
import dev.ocij.buildah.podman.image.SaveCommand;
import dev.ocij.buildah.podman.image.TreeCommand;
import dev.ocij.buildah.podman.image.UntagCommand;
import dev.ocij.buildah.podman.kube.KubeFamily;
import dev.ocij.buildah.podman.pod.InspectedPod;
import dev.ocij.buildah.podman.pod.PodFamily;
import dev.ocij.buildah.podman.runtime.RuntimeProgram;
import dev.ocij.buildah.podman.secret.SecretFamily;
import dev.ocij.buildah.podman.system.DfCommand;
import dev.ocij.buildah.podman.system.InfoCommand;
import dev.ocij.buildah.podman.system.SystemPruneCommand;
import dev.ocij.buildah.podman.system.VersionCommand;
import dev.ocij.buildah.podman.volume.InspectedVolume;
import dev.ocij.buildah.podman.volume.VolumeCreateCommand;
import dev.ocij.buildah.podman.volume.VolumeExistsCommand;
import dev.ocij.buildah.podman.volume.VolumeExportCommand;
import dev.ocij.buildah.podman.volume.VolumeImportCommand;
import dev.ocij.buildah.podman.volume.VolumeLsCommand;
import dev.ocij.buildah.podman.volume.VolumePruneCommand;
import dev.ocij.buildah.podman.volume.VolumeRmCommand;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.buildah.run.Signals;
import dev.ocij.runtime.SeccompProfile;
import dev.ocij.term.CommandFamily;
import dev.ocij.term.Commands;
import dev.ocij.term.HeadStart;
import dev.ocij.term.LoginCommand;
import dev.ocij.term.LogoutCommand;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The program `podman-j [options] command [options] arguments`: runs containers, without a daemon
/// and without root.
final class PodmanJ {

  private static final String VERSION = "podman version 5.8.6 (podman-j 0.1.0)";

  private PodmanJ() {}

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("runtime")) {
      RuntimeProgram.program().runAndHalt(Arrays.copyOfRange(args, 1, args.length));
    }
    program(args).runAndHalt(args);
  }

  /// @param arguments the command line, for what it will wait for begins now; none where nothing
  ///   shall
  static Program program(String... arguments) {
    HeadStart.begin(arguments, awaited(arguments));
    var options = Options.ofProgram("podman-j runs containers, without a daemon and without root");
    var store = new StoreFlags(options);
    var runtime =
        options.text("--runtime", "NAME", "run containers by crun, runc or another runtime");
    options.text("--events-backend", "NAME", "accepted; it means nothing here");
    var commands =
        ContainerCommands.all(store, runtime)
            .with("build", () -> build(store, runtime))
            .with("container", () -> container(store, runtime))
            .with("healthcheck", () -> healthcheck(store))
            .with("history", () -> new HistoryCommand(store))
            .with("image", () -> image(store, runtime))
            .with("images", () -> new ImagesCommand(store))
            .with("import", () -> new ImportCommand(store))
            .with("inspect", () -> new InspectCommand(inspected(store)))
            .with("kube", () -> kube(store, runtime))
            .with("load", () -> new LoadCommand(store))
            .with("login", () -> LoginCommand.with(name -> secret(store, name)))
            .with("logout", LogoutCommand::new)
            .with("pull", () -> new PullCommand(store))
            .with("push", () -> PushCommand.ofPodman(store))
            .with("play", () -> play(store, runtime))
            .with("pod", () -> pod(store))
            .with("rmi", () -> new RmiCommand(store))
            .with("save", () -> new SaveCommand(store))
            .with("tag", () -> new TagCommand(store))
            .with("info", () -> new InfoCommand(store))
            .with(
                "secret", () -> family("secret", "Manage secrets.", SecretFamily.of(store), store))
            .with("system", () -> system(store))
            .with("unshare", () -> new UnshareCommand(store))
            .with("untag", () -> new UntagCommand(store))
            .with("version", () -> new VersionCommand())
            .with("volume", () -> volume(store));
    return new Program(
        "podman-j", VERSION, options, commands, new PodmanErrors().tracing(store::isDebugging));
  }

  private static byte[] secret(StoreFlags store, String name) throws IOException {
    var secrets = new Secrets(store.store().secrets());
    return secrets.content(secrets.require(name));
  }

  private static Runnable[] awaited(String... arguments) {
    var words = Arrays.asList(arguments);
    if (words.contains("create") || (words.contains("run") && words.contains("-d"))) {
      return new Runnable[] {HeadStart.PROGRAMS, HeadStart.DIGESTS};
    }
    if (words.contains("run")) {
      return new Runnable[] {
        HeadStart.PROGRAMS, HeadStart.DIGESTS, Signals::prepare, SeccompProfile::prepareUsual
      };
    }
    return words.contains("exec")
        ? new Runnable[] {HeadStart.PROGRAMS, Signals::prepare}
        : new Runnable[] {HeadStart.PROGRAMS, HeadStart.DIGESTS};
  }

  private static CommandFamily family(
      String name, String description, Commands commands, StoreFlags store) {
    var errors = new PodmanErrors().tracing(store::isDebugging);
    return new CommandFamily("podman-j " + name, description, commands, errors);
  }

  /// The commands about containers by their long names.
  private static CommandFamily container(StoreFlags store, Supplier<Optional<String>> runtime) {
    var commands =
        ContainerCommands.all(store, runtime)
            .with("ps", () -> new PsCommand(store), "list", "ls")
            .with("exists", () -> new ContainerExistsCommand(store))
            .with(
                "inspect", () -> new InspectCommand(List.of(new InspectedContainer(store::store))))
            .with("prune", () -> new ContainerPruneCommand(store));
    return family("container", "Work with containers.", commands, store);
  }

  private static CommandFamily image(StoreFlags store, Supplier<Optional<String>> runtime) {
    var commands =
        Commands.none()
            .with("build", () -> build(store, runtime))
            .with("exists", () -> new ExistsCommand(store))
            .with("history", () -> new HistoryCommand(store))
            .with("import", () -> new ImportCommand(store))
            .with("inspect", () -> new InspectCommand(List.of(new InspectedImage(store::store))))
            .with("load", () -> new LoadCommand(store))
            .with("list", () -> new ImagesCommand(store), "ls")
            .with("prune", () -> new ImagePruneCommand(store))
            .with("pull", () -> new PullCommand(store))
            .with("push", () -> PushCommand.ofPodman(store))
            .with("rm", () -> new RmiCommand(store))
            .with("save", () -> new SaveCommand(store))
            .with("tag", () -> new TagCommand(store))
            .with("tree", () -> new TreeCommand(store))
            .with("untag", () -> new UntagCommand(store));
    return family("image", "Manage images.", commands, store);
  }

  private static CommandFamily system(StoreFlags store) {
    var commands =
        Commands.none()
            .with("df", () -> new DfCommand(store))
            .with("info", () -> new InfoCommand(store))
            .with("prune", () -> new SystemPruneCommand(store));
    return family("system", "Manage what is kept.", commands, store);
  }

  private static CommandFamily healthcheck(StoreFlags store) {
    var commands = Commands.none().with("run", () -> new HealthcheckRunCommand(store));
    return family("healthcheck", "Ask whether containers are well.", commands, store);
  }

  private static CommandFamily pod(StoreFlags store) {
    return family("pod", "Manage pods.", PodFamily.commands(store), store);
  }

  private static CommandFamily kube(StoreFlags store, Supplier<Optional<String>> runtime) {
    return family(
        "kube",
        "Play pods as Kubernetes describes them.",
        KubeFamily.commands(store, () -> ContainerCommands.all(store, runtime)),
        store);
  }

  private static CommandFamily play(StoreFlags store, Supplier<Optional<String>> runtime) {
    return family(
        "play",
        "Play pods as Kubernetes describes them.",
        KubeFamily.old(store, () -> ContainerCommands.all(store, runtime)),
        store);
  }

  private static CommandFamily volume(StoreFlags store) {
    var commands =
        Commands.none()
            .with("create", () -> new VolumeCreateCommand(store))
            .with("exists", () -> new VolumeExistsCommand(store))
            .with("export", () -> new VolumeExportCommand(store))
            .with("import", () -> new VolumeImportCommand(store))
            .with("inspect", () -> new InspectCommand(List.of(new InspectedVolume(store::store))))
            .with("ls", () -> new VolumeLsCommand(store), "list")
            .with("prune", () -> new VolumePruneCommand(store))
            .with("rm", () -> new VolumeRmCommand(store));
    return family("volume", "Manage volumes.", commands, store);
  }

  /// What `inspect` knows, in the order in which it looks.
  private static List<InspectedKind> inspected(StoreFlags store) {
    return List.of(
        new InspectedContainer(store::store),
        new InspectedImage(store::store),
        new InspectedVolume(store::store),
        new InspectedPod(store::store));
  }

  private static BuildCommand build(StoreFlags store, Supplier<Optional<String>> runtime) {
    return new BuildCommand(store, runtime);
  }
}
