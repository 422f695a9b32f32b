package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.life.Reentry;
import dev.ocij.buildah.podman.system.ContainerSize;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `ps`: lists containers.
final class PsCommand implements Command {
  private static final String HEADING = "table ";

  /// One label by its name; other templates know no functions of what they show.
  private static final Pattern LABEL = Pattern.compile("[.]Label\\s+(\"[^\"]*\")");

  private static final String[] TITLES = {
    "CONTAINER ID",
    "IMAGE",
    "COMMAND",
    "CREATED",
    "STATUS",
    "PORTS",
    "NAMES",
    "POD ID",
    "PODNAME",
    "SIZE"
  };

  private final Options options = Options.of(this, "List containers.");
  private final BooleanSupplier all = options.flag("-a, --all", "those that have ended too");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "ids only");
  private final BooleanSupplier whole = options.flag("--no-trunc", "cut nothing");
  private final BooleanSupplier noHeading = options.flag("--noheading", "no line of titles");
  private final BooleanSupplier pods = options.flag("-p, --pod", "the pod of each too");
  private final BooleanSupplier sizes =
      options.flag("-s, --size", "how much each has written, too");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final Supplier<Optional<String>> last =
      options.text("-n, --last", "NUMBER", "so many that were made last");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "those of which this is true");
  private final Supplier<Optional<String>> sort =
      options.text(
          "--sort", "KEY", "command, created, id, image, names, runningfor, size or status");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "what is printed of each");
  private final StoreFlags store;

  PsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--external", "accepted; there are no others here");
    options.flag("--sync", "accepted; what is shown is always so");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Files that belong to subordinate ids are looked at where these are the caller's.
    var elsewhere = looksForSizes() ? Reentry.likeTheLauncher() : OptionalInt.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    var containers = new Containers(store.store());
    var rows = new ArrayList<ContainerRow>();
    for (var each : shown(containers).sorted(order()).toList()) {
      rows.add(row(containers, each));
    }
    if (isSortedBySize()) {
      rows.sort(Comparator.comparingLong(ContainerRow::writtenSize));
    }
    print(rows);
    return ExitCode.OK;
  }

  private boolean looksForSizes() {
    return sizes.getAsBoolean() || isSortedBySize();
  }

  private boolean isSortedBySize() {
    return sort.get().filter("size"::equals).isPresent();
  }

  private ContainerRow row(Containers containers, ContainerState container) throws IOException {
    return new ContainerRow(
        container,
        containers.healthOf(container),
        format.get().isPresent() ? mounts(containers, container) : List.of(),
        looksForSizes() ? ContainerSize.of(store.store(), container) : null,
        Clock.systemUTC(),
        whole.getAsBoolean());
  }

  /// None of one that is still being made.
  private static List<String> mounts(Containers containers, ContainerState container)
      throws IOException {
    try {
      return CallerMounts.of(containers, container).all().stream().map(Mount::destination).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private Stream<ContainerState> shown(Containers containers) throws IOException {
    var filter = ContainerFilters.parse(filters.get(), Clock.systemUTC(), containers);
    boolean asksForState =
        filters.get().stream().anyMatch(text -> text.matches("(status|exited)=.*"));
    boolean ended =
        all.getAsBoolean() || asksForState || latest.getAsBoolean() || last.get().isPresent();
    return containers.list().stream()
        .filter(each -> ended || each.isActive())
        .filter(filter)
        .limit(latest.getAsBoolean() ? 1 : most());
  }

  private long most() {
    long asked = last.get().map(text -> Values.number(text, "number of containers")).orElse(-1);
    return asked < 0 ? Long.MAX_VALUE : asked;
  }

  private Comparator<ContainerState> order() {
    var key = sort.get().orElse("created");
    return switch (key) {
      // What is sorted by size is so when sizes are known.
      case "created", "runningfor", "size" ->
          Comparator.comparing(ContainerState::created).reversed();
      case "command" -> Comparator.comparing(each -> String.join(" ", each.command()));
      case "id" -> Comparator.comparing(ContainerState::id);
      case "image" -> Comparator.comparing(ContainerState::image);
      case "names" -> Comparator.comparing(ContainerState::name);
      case "status" -> Comparator.comparing(ContainerState::statusName);
      default ->
          throw Values.usage(
              "invalid sort %s: expected command, created, id, image, names, runningfor, size or status"
                  .formatted(Quoted.of(key)));
    };
  }

  private void print(List<ContainerRow> rows) {
    var asked = format.get().orElse("");
    if (quiet.getAsBoolean()) {
      rows.forEach(row -> options.out().println(row.id()));
    } else if (asked.isEmpty()) {
      options.out().print(table(rows));
    } else if (asked.equals("json")) {
      options.out().println(GoJson.indented(Json.array(rows.stream().map(ContainerRow::json)), 2));
    } else if (asked.startsWith(HEADING)) {
      options.out().print(columns(asked.substring(HEADING.length()), rows));
    } else {
      var template = template(asked);
      rows.forEach(row -> options.out().println(template.render(fields(row))));
    }
  }

  private Table table(List<ContainerRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(cells(TITLES));
    }
    rows.forEach(row ->
        table.row(
            cells(
                row.id(),
                row.image(),
                row.command(),
                row.created(),
                row.status(),
                row.ports(),
                row.name(),
                row.shortPodId(),
                row.podName(),
                row.sizeText())));
    return table;
  }

  private String[] cells(String... all) {
    var shown = new ArrayList<>(List.of(all));
    var size = shown.removeLast();
    if (!pods.getAsBoolean()) {
      shown.subList(shown.size() - 2, shown.size()).clear();
    }
    if (sizes.getAsBoolean()) {
      shown.add(size);
    }
    return shown.toArray(String[]::new);
  }

  /// A template whose columns have titles and are as wide as they need to be.
  private Table columns(String text, List<ContainerRow> rows) {
    var template = template(text);
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(template.render(titles()).split("\t", -1));
    }
    rows.forEach(row -> table.row(template.render(fields(row)).split("\t", -1)));
    return table;
  }

  private static GoTemplate template(String text) {
    return Listing.template(LABEL.matcher(text).replaceAll("index .Labels $1"));
  }

  private static ObjectNode titles() {
    var titles = Json.object();
    titles.put("ID", "CONTAINER ID");
    titles.put("CreatedAt", "CREATED AT");
    titles.put("RunningFor", "CREATED");
    titles.put("CreatedHuman", "CREATED");
    titles.put("ExitCode", "EXIT CODE");
    titles.put("ImageID", "IMAGE ID");
    for (var name : new String[] {"Image", "Command", "Created", "Status", "Ports", "Names"}) {
      titles.put(name, name.toUpperCase(Locale.ROOT));
    }
    for (var name :
        new String[] {
          "Size", "Mounts", "Pod", "PodName", "State", "Pid", "Labels", "Restarts", "Id", "Networks"
        }) {
      titles.put(name, name.toUpperCase(Locale.ROOT));
    }
    return titles;
  }

  private static ObjectNode fields(ContainerRow row) {
    ObjectNode data = row.json();
    data.put("ID", row.id());
    data.put("Names", row.name());
    data.put("Command", row.command());
    data.put("RunningFor", row.created());
    data.put("CreatedHuman", row.created());
    data.put("Ports", row.ports());
    data.put("Size", row.sizeText());
    data.put("Mounts", String.join(",", row.mounts()));
    return data;
  }
}
