package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.build.Workshop;
import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.context.GitAccess;
import dev.ocij.buildah.plan.Surroundings;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.DecryptFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What `build` and `verify-build` are told alike: Containerfiles, contexts, values, and what is
/// lent to steps.
final class BuildInputs {
  private final FileFlags files;
  private final ContextFlags named;
  private final BuildFlags flags;
  private final LentFlags lent;
  private final DecryptFlags decrypt;
  private final Toolbox tools;
  private final Supplier<Optional<Boolean>> gitTlsVerify;

  /// @param runtime that is to run containers
  BuildInputs(Options options, StoreFlags store, RuntimeFlag runtime) {
    files = new FileFlags(options);
    named = new ContextFlags(options);
    flags = new BuildFlags(options, runtime);
    lent = new LentFlags(options);
    decrypt = new DecryptFlags(options);
    tools = new Toolbox(options, store);
    gitTlsVerify =
        options.choice("--git-tls-verify", "demand a good certificate of a repository's server");
  }

  BuildFlags flags() {
    return flags;
  }

  Toolbox tools() {
    return tools;
  }

  /// What comes from the web.
  Downloads downloads() {
    return new Downloads(
        new WebFiles(tools.registryOptions()),
        tools.store().containers(),
        flags.sources(),
        new GitAccess(gitTlsVerify.get().orElse(true), lent.lent(System.getenv()).secrets()));
  }

  List<Containerfile> containerfiles(Contexts.Opened context) throws IOException {
    return files.containerfiles(context);
  }

  /// What checks know beside the Containerfiles; nothing is fetched for them.
  Surroundings surroundings(Contexts.Opened context) {
    return new Surroundings(
        files.ignored(context)::ignores, this::base, flags.platform(), flags.check());
  }

  private Optional<ImageConfig> base(String name) {
    try {
      return new LocalImages(tools.store()).search(name).map(LocalImage::config);
    } catch (IOException e) {
      throw new OciException(OciException.Category.IO, "read the store: " + Reason.of(e), e);
    }
  }

  /// The builds, one for each platform.
  List<BuildRequest> requests(List<Containerfile> containerfiles, Transports transports)
      throws IOException {
    return flags.requests(containerfiles, named.origins(), transports);
  }

  Workshop workshop(
      Contexts.Opened context, Contexts contexts, Transports transports, Supplier<Stdio> stdio)
      throws IOException {
    return new Workshop(
        tools.store(),
        (flags.keepsGitDir() ? context.keepingGitDir() : context).without(files.ignored(context)),
        named.files(),
        contexts,
        transports,
        tools.policy(),
        flags.sources(),
        decrypt.edit(),
        stdio,
        lent.lent(System.getenv()));
  }
}
