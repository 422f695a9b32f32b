package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.instruction.Mount.Access;
import dev.ocij.buildah.instruction.Mount.Bind;
import dev.ocij.buildah.instruction.Mount.Cache;
import dev.ocij.buildah.instruction.Mount.Secret;
import dev.ocij.buildah.instruction.Mount.Sharing;
import dev.ocij.buildah.instruction.Mount.Ssh;
import dev.ocij.buildah.instruction.Mount.Tmpfs;
import dev.ocij.buildah.overlay.LooseCopies;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Owner;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes what the mounts of one command show.
///
/// @param directory of the container, for copies that go with it
record MountExecution(Path directory, CacheFolders caches, Lent lent, MountSources sources) {
  private static final String AGENT = "/run/buildkit/ssh_agent.";
  private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";
  private static final Access USUAL_ACCESS = new Access(0600, 0, 0);

  /// Waits for locked caches, always in the same order, so that no two commands wait for one
  /// another.
  StepMounts open(List<RunMount> wanted) throws IOException {
    var mounts = new StepMounts();
    try {
      var used = use(wanted, mounts);
      int agents = 0;
      for (var each : wanted) {
        switch (each.mount()) {
          case Bind bind -> mounts.add(show(bind, each), bind.given());
          case Cache cache ->
              mounts.add(bind(Objects.requireNonNull(used.get(cache.id())), cache), cache.given());
          case Tmpfs tmpfs -> mounts.add(memory(tmpfs));
          case Secret secret -> reveal(secret, mounts);
          case Ssh ssh -> connect(ssh, agents++, mounts);
        }
      }
      return mounts;
    } catch (IOException | RuntimeException e) {
      mounts.close();
      throw e;
    }
  }

  /// A copy: nothing that the command does to it reaches its source, and it ends with the step.
  private Mount show(Bind bind, RunMount mount) throws IOException {
    var found = Objects.requireNonNull(sources.all().get(mount));
    var copy = LooseCopies.ofTree(folder(), found.tree(), found.entry());
    return bind.writable()
        ? Mount.bind(copy.toString(), bind.target())
        : Mount.bind(copy.toString(), bind.target(), "ro");
  }

  private static Mount bind(Path cache, Cache mount) {
    return mount.writable()
        ? Mount.bind(cache.toString(), mount.target())
        : Mount.bind(cache.toString(), mount.target(), "ro");
  }

  /// The folders of all caches of a step by id: each is taken once, or the step would wait for
  /// itself.
  private Map<String, Path> use(List<RunMount> all, StepMounts mounts) throws IOException {
    var inOrder = new ArrayList<RunMount>();
    all.stream().filter(each -> each.mount() instanceof Cache).forEach(inOrder::add);
    inOrder.sort(
        Comparator.comparing((RunMount each) -> ((Cache) each.mount()).id())
            .thenComparing(each -> ((Cache) each.mount()).sharing(), Comparator.reverseOrder()));
    var used = new HashMap<String, Path>();
    for (var each : inOrder) {
      var cache = (Cache) each.mount();
      if (!used.containsKey(cache.id())) {
        var use = use(cache, folder -> fill(folder, each, cache.access()));
        mounts.addUse(use);
        used.put(cache.id(), LooseCopies.in(use.folder()));
      }
    }
    return used;
  }

  private CacheFolders.Used use(Cache cache, CacheFolders.Filling filling) throws IOException {
    return switch (cache.sharing()) {
      case Sharing.SHARED -> caches.shared(cache.id(), filling);
      case Sharing.LOCKED -> caches.locked(cache.id(), filling);
      case Sharing.PRIVATE -> caches.unused(cache.id(), filling);
    };
  }

  private void fill(Path folder, RunMount mount, Access access) throws IOException {
    var found = sources.all().get(mount);
    if (found == null) {
      LooseCopies.ofDirectory(folder, attributes(access));
    } else {
      LooseCopies.ofDirectory(folder, found.tree(), found.entry(), attributes(access));
    }
  }

  private static Mount memory(Tmpfs tmpfs) {
    var options = new ArrayList<>(List.of("nosuid", "nodev"));
    options.add("mode=" + Integer.toOctalString(tmpfs.mode()));
    if (tmpfs.size() > 0) {
      options.add("size=" + tmpfs.size());
    }
    return Mount.of(tmpfs.target(), "tmpfs", options.toArray(String[]::new));
  }

  private void reveal(Secret secret, StepMounts mounts) throws IOException {
    var content = lent.secrets().get(secret.id());
    if (content == null) {
      requireNot(secret.required(), "secret", secret.id(), "--secret id=%s,src=FILE");
      return;
    }
    if (secret.env() != null) {
      mounts.addVariable(secret.env(), new String(content, StandardCharsets.UTF_8));
    }
    if (secret.target() != null) {
      var file = LooseCopies.ofFile(folder(), content, attributes(secret.access()));
      var options = new String[] {"ro", "nosuid", "nodev", "noexec"};
      mounts.addSecret(file, Mount.bind(file.toString(), secret.target(), options));
    }
  }

  private void connect(Ssh ssh, int number, StepMounts mounts) throws IOException {
    var socket = lent.agents().get(ssh.id());
    if (socket == null) {
      requireNot(ssh.required(), "ssh", ssh.id(), "--ssh %s=SOCKET");
      return;
    }
    var shown = ssh.access().equals(USUAL_ACCESS) ? socket : relayed(ssh, socket, mounts);
    var target = ssh.target() == null ? AGENT + number : ssh.target();
    mounts.add(Mount.bind(shown.toString(), target, "nosuid", "nodev", "noexec"));
    if (mounts.environment().stream().noneMatch(each -> each.startsWith(AGENT_VARIABLE + "="))) {
      mounts.addVariable(AGENT_VARIABLE, target);
    }
  }

  private Path relayed(Ssh ssh, Path agent, StepMounts mounts) throws IOException {
    var relay = AgentRelay.open(agent, ssh.access());
    mounts.addUse(relay);
    return relay.socket();
  }

  private static void requireNot(boolean required, String type, String id, String help) {
    if (required) {
      throw new OciException(
          OciException.Category.USAGE,
          "mount of type %s: the caller gave none with the id %s; build with %s"
              .formatted(type, Quoted.of(id), help.formatted(Quoted.escape(id))));
    }
  }

  private Path folder() throws IOException {
    return Files.createTempDirectory(directory, "mount-");
  }

  private static Attributes attributes(Access access) {
    return Attributes.of(access.mode(), new Owner(access.uid(), access.gid()), Instant.EPOCH);
  }
}
