package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.base.Pull;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.NameFiles;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Healthcheck;
import dev.ocij.spec.JsonForm;
import dev.ocij.spec.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One container, completely described.
///
/// @param source the image's name, or where `folder` the path of a root file system
/// @param entrypoint in place of the image's entrypoint and command
/// @param args in place of the image's command
/// @param container all that needs no image to be known
/// @param mergedEnv variables whose values name others of the image as `${NAME}`
/// @param runtime an installed runtime instead of ours
/// @param pod the one it is to belong to
/// @param automaticIds that it gets ids of its own, whichever are free; null for those of
///   `container`
/// @param exposed ports that are published as all of the image's are; null where they are not
/// @param images that it sees as folders
/// @param namespaces what it was asked to have of others
public record RunRequest(
    String source,
    boolean folder,
    Optional<List<String>> entrypoint,
    List<String> args,
    Pull pull,
    Platform platform,
    Identity identity,
    ContainerRequest container,
    List<String> mergedEnv,
    List<VolumeMount> volumes,
    List<ImageMount> images,
    ImageVolumes imageVolumes,
    Names names,
    Accounting accounting,
    Attachment attachment,
    Life life,
    @Nullable String runtime,
    @Nullable PodMember pod,
    @Nullable AutomaticIds automaticIds,
    @Nullable List<String> exposed,
    List<GivenSecret> secrets,
    NamespaceModes namespaces) {
  public RunRequest {
    args = List.copyOf(args);
    secrets = List.copyOf(secrets);
    mergedEnv = List.copyOf(mergedEnv);
    volumes = List.copyOf(volumes);
    images = List.copyOf(images);
  }

  /// With these ports of the image published too, on ports of this machine that are free.
  RunRequest publishing(Set<String> ofImage) {
    if (exposed == null) {
      return this;
    }
    var ports = new ArrayList<>(ContainerNetwork.ports(container.annotations()));
    Stream.concat(exposed.stream(), ofImage.stream())
        .flatMap(text -> PublishedPort.parse(text).stream())
        .filter(each -> ports.stream().noneMatch(port -> port.inside().equals(each.inside())))
        .map(PublishedPort::chosen)
        .distinct()
        .forEach(ports::add);
    var annotations = ContainerNetwork.withPorts(container.annotations(), ports);
    return with(container.with(draft -> draft.annotations = annotations), null, pod);
  }

  /// With these ids.
  RunRequest mapping(IdMaps ids) {
    return with(container.with(draft -> draft.ids = ids), exposed, pod);
  }

  /// With further mounts.
  RunRequest mounting(List<Mount> mounts) {
    return with(
        container.with(
            draft -> draft.mounts = Stream.concat(draft.mounts.stream(), mounts.stream()).toList()),
        exposed,
        pod);
  }

  /// As this member of its pod.
  public RunRequest being(PodMember member) {
    return with(container, exposed, member);
  }

  private RunRequest with(
      ContainerRequest changed, @Nullable List<String> stillExposed, @Nullable PodMember member) {
    return new RunRequest(
        source,
        folder,
        entrypoint,
        args,
        pull,
        platform,
        identity,
        changed,
        mergedEnv,
        volumes,
        images,
        imageVolumes,
        names,
        accounting,
        attachment,
        life,
        runtime,
        member,
        automaticIds,
        stillExposed,
        secrets,
        namespaces);
  }

  /// How the container is called and how long it is kept.
  ///
  /// @param name null for one that is made up
  /// @param replace whether a container of the name goes first
  /// @param removeImage whether the image's name goes too
  /// @param idFile gets the id
  /// @param stopSignal null for the image's
  public record Identity(
      @Nullable String name,
      boolean replace,
      boolean remove,
      boolean removeImage,
      @Nullable String idFile,
      Map<String, String> labels,
      @Nullable String stopSignal,
      int stopTimeout) {}

  /// What the container is told about names.
  ///
  /// @param hostname null for the short id, or for the host's where that is shared
  /// @param sharesHostname whether the hostname is the host's
  /// @param hosts whether there is an /etc/hosts of ours
  /// @param hostsBase a file that it begins with, `none`, `image`, or null for the host's
  /// @param resolver whether there is an /etc/resolv.conf of ours
  public record Names(
      @Nullable String hostname,
      boolean sharesHostname,
      boolean hosts,
      boolean hostnameFile,
      @Nullable String hostsBase,
      List<String> addHosts,
      boolean resolver,
      List<String> servers,
      List<String> search,
      List<String> options)
      implements JsonForm {
    /// What nobody has asked for anything of.
    static final Names USUAL =
        new Names(null, false, true, true, null, List.of(), true, List.of(), List.of(), List.of());

    public Names {
      addHosts = List.copyOf(addHosts);
      servers = List.copyOf(servers);
      search = List.copyOf(search);
      options = List.copyOf(options);
    }

    /// As a container of a pod has them: its own, and what the pod says of all.
    public Names in(Names pod) {
      return new Names(
          hostname,
          sharesHostname,
          hosts && pod.hosts,
          hostnameFile && pod.hostnameFile,
          hostsBase,
          Stream.concat(pod.addHosts.stream(), addHosts.stream()).toList(),
          resolver && (pod.resolver || !servers.isEmpty()),
          servers.isEmpty() ? pod.servers : servers,
          search.isEmpty() ? pod.search : search,
          options.isEmpty() ? pod.options : options);
    }

    /// With this name server, where none is named.
    public Names asking(String server) {
      return with(addHosts, servers.isEmpty() ? List.of(server) : servers);
    }

    /// With one more line in /etc/hosts.
    public Names naming(String address, String names) {
      var line = address + "\t" + names;
      return with(Stream.concat(addHosts.stream(), Stream.of(line)).toList(), servers);
    }

    private Names with(List<String> lines, List<String> asked) {
      return new Names(
          hostname,
          sharesHostname,
          hosts,
          hostnameFile,
          hostsBase,
          lines,
          resolver,
          asked,
          search,
          options);
    }

    /// As a working container remembers it.
    public static Names from(FieldReader json) {
      return new Names(
          json.text("hostname"),
          json.flag("sharesHostname"),
          json.flag("hosts"),
          json.flag("hostnameFile"),
          json.text("hostsBase"),
          json.texts("addHosts"),
          json.flag("resolver"),
          json.texts("servers"),
          json.texts("search"),
          json.texts("options"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .text("hostname", hostname)
          .flag("sharesHostname", sharesHostname)
          .flag("hosts", hosts)
          .flag("hostnameFile", hostnameFile)
          .text("hostsBase", hostsBase)
          .list("addHosts", addHosts)
          .flag("resolver", resolver)
          .list("servers", servers)
          .list("search", search)
          .list("options", options)
          .node();
    }

    /// What the container gets of the files in /etc that tell of names.
    ///
    /// @param hostname null for the host's
    /// @param called other names of the container
    /// @param base what /etc/hosts begins with; null for the host's
    public Map<String, byte[]> files(
        @Nullable String hostname, List<String> called, @Nullable String base) {
      var names = new NameFiles(hostname, called, addHosts, base, servers, search, options);
      var contents = new LinkedHashMap<>(names.contents());
      contents
          .keySet()
          .removeIf(path ->
              switch (path) {
                case NameFiles.HOSTS -> !hosts;
                case NameFiles.RESOLVER -> !resolver;
                case NameFiles.HOSTNAME -> !hostnameFile;
                default -> false;
              });
      return contents;
    }
  }

  /// Whether users that the image does not know get an entry.
  ///
  /// @param passwd the line for /etc/passwd; null for the usual one
  /// @param group the line for /etc/group; null for none
  public record Accounting(boolean entries, @Nullable String passwd, @Nullable String group) {}

  /// What happens while the container lives, and after that.
  ///
  /// @param log `k8s-file` or `none`
  /// @param logPath in place of the usual file
  /// @param restart `no`, `always`, `on-failure` or `unless-stopped`
  /// @param retries of `on-failure`; 0 for any number
  /// @param pidFile gets the number of the first process
  /// @param monitorFile gets the number of the process that waits for it
  /// @param init a program of the host's that becomes the first process; null for the command
  /// @param createCommand the line that asks for all this
  /// @param health the check, from that of the image; null for none
  /// @param onUnhealthy `none`, `kill`, `restart` or `stop`
  public record Life(
      String log,
      @Nullable String logPath,
      String restart,
      int retries,
      @Nullable String pidFile,
      @Nullable String monitorFile,
      @Nullable String init,
      List<String> createCommand,
      UnaryOperator<@Nullable Healthcheck> health,
      String onUnhealthy) {
    public Life {
      createCommand = List.copyOf(createCommand);
    }
  }

  /// What the caller's terminal or pipes have to do with the container.
  ///
  /// @param forward whether signals are passed on
  /// @param timeout seconds after which it is killed; 0 for never
  public record Attachment(boolean in, boolean out, boolean err, boolean forward, int timeout) {}
}
