package dev.ocij.buildah.podman.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.podman.InspectedKind;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.template.GoMap;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Pods as `inspect` tells of them.
public final class InspectedPod implements InspectedKind {
  private final Supplier<Store> store;

  public InspectedPod(Supplier<Store> store) {
    this.store = store;
  }

  @Override
  public String type() {
    return "pod";
  }

  @Override
  public Optional<JsonNode> find(String name) throws IOException {
    var opened = store.get();
    try {
      var pod = new Pods(opened).find(name);
      return Optional.of(json(pod, Pods.members(new Containers(opened), pod)));
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<String> all() throws IOException {
    return new Pods(store.get()).list().stream().map(Pod::id).toList();
  }

  @Override
  public String missing(String name) {
    return "no such pod %s".formatted(Quoted.escape(name));
  }

  private static ObjectNode json(Pod pod, List<ContainerState> members) {
    var json = Json.object();
    json.put("Id", pod.id());
    json.put("Name", pod.name());
    json.put("Created", pod.created().toString());
    pod.createCommand().forEach(json.putArray("CreateCommand")::add);
    json.put("ExitPolicy", pod.exitPolicy());
    json.put("State", PodLife.status(members));
    json.put("Hostname", pod.hostname());
    json.set("Labels", new GoMap(pod.labels()));
    json.put("RestartPolicy", pod.defaults().restart());
    pod.defaults().security().forEach(json.putArray("security_opt")::add);
    json.put("CreateCgroup", false);
    json.put("CgroupParent", "");
    json.put("CgroupPath", "");
    json.put("CreateInfra", pod.infraId() != null);
    json.put("InfraContainerID", Objects.requireNonNullElse(pod.infraId(), ""));
    members.stream()
        .filter(ContainerState::isInfra)
        .findFirst()
        .ifPresent(infra -> json.set("InfraConfig", infraConfig(pod, infra)));
    pod.shared().forEach(json.putArray("SharedNamespaces")::add);
    json.put("NumContainers", members.size());
    var containers = json.putArray("Containers");
    for (var member : members) {
      containers
          .addObject()
          .put("Id", member.id())
          .put("Name", member.name())
          .put("State", member.statusName());
    }
    return json;
  }

  /// `NAME:ADDRESS` of a line of a hosts file.
  private static String named(String line) {
    var words = line.split("\t", 2);
    return words[1] + ":" + words[0];
  }

  private static ObjectNode infraConfig(Pod pod, ContainerState infra) {
    var json = Json.object();
    var bindings = json.putObject("PortBindings");
    for (var port : ContainerNetwork.ports(infra.annotations())) {
      bindings
          .withArray(port.inside())
          .addObject()
          .put("HostIp", port.hostIp())
          .put("HostPort", Integer.toString(port.hostPort()));
    }
    json.put("HostNetwork", pod.network().equals("host"));
    json.put("StaticIP", "");
    json.put("StaticMAC", "");
    var names = pod.defaults().names();
    json.put("NoManageResolvConf", !names.resolver());
    names.servers().forEach(json.putArray("DNSServer")::add);
    names.search().forEach(json.putArray("DNSSearch")::add);
    names.options().forEach(json.putArray("DNSOption")::add);
    json.put("NoManageHosts", !names.hosts());
    var hosts = json.putArray("HostAdd");
    names.addHosts().forEach(line -> hosts.add(named(line)));
    return json;
  }
}
