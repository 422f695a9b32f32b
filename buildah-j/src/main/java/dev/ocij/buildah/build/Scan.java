package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.contents.BillMerge;
import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.instruction.Network;
import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.instruction.Written;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.LooseCopies;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.buildah.text.Position;
import dev.ocij.buildah.text.SourceFile;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Runs a scanner over an image: each command in a container of its own, which sees copies of the
/// files read-only, and whose changes are lost.
///
/// @param settings of the containers, without mounts
/// @param stdio what the commands read and write
public record Scan(Store store, StageLayers layers, RunSettings settings, Supplier<Stdio> stdio) {

  /// What the commands wrote, as one bill.
  ///
  /// @param scanner the image that the commands are in
  /// @param purls whether somebody asks for the Package URLs
  /// @param contexts what `{CONTEXT}` names, one after the other
  /// @throws OciException of category `IMPOSSIBLE` where nothing can be mounted, of `REJECTED`
  ///   where a command fails or writes no bill
  public Bill of(
      StageImage image,
      StageImage scanner,
      BillRequest.Scanner request,
      boolean purls,
      List<CopySource> contexts)
      throws IOException {
    var commands = ScanCommand.all(request.commands(), contexts.size());
    if (commands.isEmpty()) {
      throw failed("no command is left, for there is no build context", "name {ROOTFS} in one");
    }
    try (var folder = BuildFolder.open(store.containers())) {
      var results = Files.createDirectory(folder.next().resolve("scans"));
      Files.setPosixFilePermissions(results, PosixFilePermissions.fromString("rwxrwxrwx"));
      var mounts = new ArrayList<Mount>();
      mounts.add(Mount.bind(results.toString(), ScanCommand.RESULTS, "nosuid", "nodev"));
      if (request.commands().stream().anyMatch(ScanCommand::readsRoot)) {
        var tree = new StageTree(layers.tree(image.layers()));
        mounts.add(shown(tree, folder, ScanCommand.ROOT));
      }
      if (request.commands().stream().anyMatch(ScanCommand::readsContext)) {
        for (int i = 0; i < contexts.size(); i++) {
          mounts.add(shown(contexts.get(i), folder, ScanCommand.CONTEXT + i));
        }
      }
      run(commands, scanner, mounts);
      var documents = new ArrayList<byte[]>();
      for (var command : commands) {
        documents.add(result(command, results));
      }
      return request.merge().merge(documents, purls);
    }
  }

  private static Mount shown(CopySource tree, BuildFolder folder, String target)
      throws IOException {
    var root = tree.follow("/").orElseThrow();
    var copy = LooseCopies.ofTree(folder.next(), tree, root);
    return Mount.bind(copy.toString(), target, "ro", "nosuid", "nodev");
  }

  private void run(List<ScanCommand> commands, StageImage scanner, List<Mount> mounts)
      throws IOException {
    var given =
        new RunSettings(
            settings.network(),
            settings.files(),
            mounts,
            Granted.NOTHING,
            false,
            settings.change(),
            settings.runtime());
    try (var runs = new RunExecution(store, layers, given, Lent.NOTHING)) {
      runs.requireMounts("scan the image: a scanner");
      for (var command : commands) {
        int status = runs.runAside(step(command, scanner), scanner, new CommandStreams(stdio, ""));
        if (status != 0) {
          throw failed(
              "%s: exit status %d".formatted(Quoted.of(command.line()), status),
              "its own lines tell why");
        }
      }
    }
  }

  private static RunStep step(ScanCommand command, StageImage scanner) {
    var at = new Position(new SourceFile("the scanner", command.line()), 0);
    var written = new Written(at, command.line(), command.line(), '\\');
    return new RunStep(
        written,
        "",
        StageState.from(scanner.config()),
        "",
        new RunStep.Execution(command.words(), null),
        scanner.config().config().env(),
        List.of(),
        Network.DEFAULT,
        Security.SANDBOX,
        List.of());
  }

  /// Nothing but a file is read: a link may lead anywhere on this machine.
  private static byte[] result(ScanCommand command, Path results) throws IOException {
    var file = results.resolve(command.result());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw failed(
          "%s wrote no file".formatted(Quoted.of(command.line())), "let it write to {OUTPUT}");
    }
    if (Files.size(file) > BillMerge.LARGEST) {
      throw failed(
          "%s wrote %d bytes, and %d are the most"
              .formatted(Quoted.of(command.line()), Files.size(file), BillMerge.LARGEST),
          "let it tell less");
    }
    return Files.readAllBytes(file);
  }

  private static OciException failed(String found, String help) {
    return new OciException(
        OciException.Category.REJECTED, "scan the image: %s; %s".formatted(found, help));
  }
}
