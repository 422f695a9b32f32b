package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Java applications become images without a Containerfile, and start as their manifests say.
class JavaCommandTest {
  private static final String HELLO =
      """
      package shop;
      public class Main {
        public static void main(String[] args) throws Exception {
          var text = Main.class.getResourceAsStream("/greeting.txt");
          System.out.print(new String(text.readAllBytes()) + part.Part.NAME + String.join(",", args));
        }
      }
      """;

  @TempDir private Path folder;
  private InProcess buildah;
  private JavaSample sample;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    sample = new JavaSample(folder);
    var library =
        sample.classes(
            "library",
            Map.of(
                "part.Part",
                "package part; public class Part { public static String NAME = \"part\"; }"));
    sample.archive("lib/part-1.jar", "Manifest-Version: 1.0\n", library, "", Map.of());
    Files.createDirectories(folder.resolve("context"));
    Files.writeString(
        folder.resolve("context/Base"),
        """
        FROM scratch
        ENV A=base
        LABEL of=base
        USER 7
        ENTRYPOINT ["/server"]
        CMD ["go"]
        """);
    buildah.output("build", "-t", "base", "-f", place("context/Base"), place("context"));
  }

  @Test
  void a_jar_with_its_libraries_starts() throws IOException {
    var image =
        build(jar("Manifest-Version: 1.0\nMain-Class: shop.Main\nClass-Path: lib/part-1.jar\n"));
    assertThat(comments(image)).containsExactly("dependencies", "resources", "classes");
    assertThat(started(image, "x", "y")).isEqualTo("hello partx,y");
  }

  @Test
  void a_jar_for_several_versions_stays_whole() throws IOException {
    var image =
        build(
            jar("Manifest-Version: 1.0\nMulti-Release: true\nMain-Class: shop.Main\n"),
            "--library=" + place("lib"));
    assertThat(comments(image)).containsExactly("dependencies", "project dependencies");
    assertThat(started(image)).isEqualTo("hello part");
  }

  @Test
  void a_folder_of_classes_starts_by_its_only_main_class() throws IOException {
    var image = build(mainClasses(), "--library=" + place("lib/part-1.jar"));
    assertThat(started(image)).isEqualTo("hello part");
    sample.classes(
        "main", Map.of("Other", "class Other { public static void main(String[] a) {} }"));
    assertThat(java(mainClasses()).failed().stderr())
        .contains("several have a main method: Other, shop.Main; name one with --main-class");
    var chosen = build(mainClasses(), "--main-class=Other", "--library=" + place("lib"));
    assertThat(started(chosen)).isEmpty();
  }

  @Test
  void an_application_of_spring_boot_has_the_layers_that_it_describes() throws IOException {
    var loader =
        "package org.springframework.boot.loader.launch; public class JarLauncher { public static"
            + " void main(String[] a) { System.out.print(\"launched\"); } }";
    var classes =
        sample.classes(
            "boot", Map.of("org.springframework.boot.loader.launch.JarLauncher", loader));
    var manifest =
        "Manifest-Version: 1.0\nMain-Class: org.springframework.boot.loader.launch.JarLauncher\n";
    var content =
        Map.of(
            "BOOT-INF/classes/a.txt",
            "a",
            "BOOT-INF/lib/l-1.jar",
            "l",
            "BOOT-INF/lib/s-1-SNAPSHOT.jar",
            "s");
    var usual = build(sample.archive("usual.jar", manifest, classes, "", content));
    assertThat(comments(usual))
        .containsExactly(
            "dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
    assertThat(started(usual)).isEqualTo("launched");
    var index =
        """
        - "libs":
          - "BOOT-INF/lib/"
        - "loader":
          - "org/"
        - "application":
          - "BOOT-INF/classes/"
        """;
    var described = new HashMap<>(content);
    described.put("BOOT-INF/layers.idx", index);
    var image = build(sample.archive("described.jar", manifest, classes, "", described));
    assertThat(comments(image)).containsExactly("libs", "loader", "application");
    assertThat(started(image)).isEqualTo("launched");
  }

  @Test
  void a_war_is_started_by_the_server_of_its_base() throws IOException {
    var war =
        sample.archive(
            "shop.war",
            "Manifest-Version: 1.0\n",
            mainClasses(),
            "WEB-INF/classes/",
            Map.of("index.html", "x", "WEB-INF/lib/l-1.jar", "l"));
    var config = config(build(war));
    assertThat(config.at("/config/Entrypoint").toString()).isEqualTo("[\"/server\"]");
    assertThat(config.at("/config/Cmd").toString()).isEqualTo("[\"go\"]");
    assertThat(files("out"))
        .contains(
            "var/lib/jetty/webapps/ROOT/index.html",
            "var/lib/jetty/webapps/ROOT/WEB-INF/lib/l-1.jar",
            "var/lib/jetty/webapps/ROOT/WEB-INF/classes/shop/Main.class");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --jvm-flag=-Xmx64m          | Entrypoint   | ["java","-Xmx64m","-cp","/app/resources:/app/classes:/app/libs/*","shop.Main"]
          --app-root=/srv             | Entrypoint   | ["java","-cp","/srv/resources:/srv/classes:/srv/libs/*","shop.Main"]
          --arg=-v --arg=x            | Cmd          | ["-v","x"]
          -p 8080 -p 53/udp           | ExposedPorts | {"8080/tcp":{},"53/udp":{}}
          --env=B=1                   | Env          | ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","A=base","B=1"]
          --env=A=own                 | Env          | ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","A=own"]
          -u 1000:1000                | User         | "1000:1000"
          -q                          | User         | "7"
          --workdir=/srv              | WorkingDir   | "/srv"
          """)
  void options_are_settings_of_the_image(String options, String field, String value)
      throws IOException {
    var line = new ArrayList<>(List.of(options.split(" ")));
    line.add("--library=" + place("lib"));
    var image = build(mainClasses(), line.toArray(String[]::new));
    var found = config(image).path("config").path(field);
    assertThat(found).isEqualTo(Json.readTree(value.getBytes(StandardCharsets.UTF_8), "value"));
    assertThat(config(image).at("/config/Labels/of").asText()).isEqualTo("base");
  }

  @Test
  void the_same_application_gives_the_same_image() throws IOException {
    var manifest = "Manifest-Version: 1.0\nMain-Class: shop.Main\nClass-Path: lib/part-1.jar\n";
    var first = id(jar(manifest));
    var file = mainClasses().resolve("greeting.txt");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(id(jar(manifest))).isEqualTo(first);
    assertThat(id(jar(manifest), "--timestamp=5")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nosuch.jar | | there is no jar, war or folder of classes
          no.jar     | | no archive of Java
          bare.jar   | | its manifest names no Main-Class; name one with --main-class
          gone.jar   | | no such file; put it there
          folder.jar | | its Class-Path names the folder "lib/", and libraries are jars; pack it into one
          bare.jar   | --platform=linux/amd64,linux/arm64 | make an image for each, and a list of them with manifest add
          out.jar    | | no archive of Java: the entry "../out" leaves it
          empty      | | no class in it has a main method; name one with --main-class
          main       | --port=x | --port:
          main       | --workdir=srv | expected an absolute path
          main       | --library=none.jar | the library "none.jar": no such file
          """)
  void what_is_no_application_is_said(String given, String option, String sentence)
      throws IOException {
    var empty = Files.createDirectories(folder.resolve("empty"));
    mainClasses();
    Files.writeString(folder.resolve("no.jar"), "no archive");
    sample.archive("bare.jar", "Manifest-Version: 1.0\n", empty, "", Map.of());
    sample.archive(
        "gone.jar",
        "Manifest-Version: 1.0\nMain-Class: A\nClass-Path: gone-1.jar\n",
        empty,
        "",
        Map.of());
    sample.archive(
        "folder.jar",
        "Manifest-Version: 1.0\nMain-Class: A\nClass-Path: lib/\n",
        empty,
        "",
        Map.of());
    sample.archive("out.jar", "Manifest-Version: 1.0\n", empty, "", Map.of("../out", "x"));
    var options = option == null ? new String[0] : new String[] {option};
    var outcome = java(folder.resolve(given), options);
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).startsWith("Error: ").contains(sentence).hasLineCount(1);
  }

  @Test
  @Tag("tool")
  @Tag("distribution")
  @Tag("namespace")
  void podman_runs_it() throws IOException {
    Busybox.required().writeLayout(folder.resolve("busybox"), "x");
    Files.writeString(folder.resolve("context/java"), "#!/bin/sh\necho started \"$@\"; ls /app\n");
    Files.writeString(
        folder.resolve("context/Java"),
        "FROM oci:%s:x\nCOPY --chmod=0755 java /bin/java\n".formatted(folder.resolve("busybox")));
    var root = "--root=" + folder.resolve("store");
    buildah.output("build", "-t", "base", "-f", place("context/Java"), place("context"));
    var classes = mainClasses().toString();
    Launcher.BUILDAH_J
        .run(root, "java", "--from=base", "-t", "app", "--library=" + place("lib"), classes)
        .succeeded();
    assertThat(Launcher.PODMAN_J.run(root, "run", "--rm", "app", "x").succeeded().stdout())
        .isEqualTo(
            """
            started -cp /app/resources:/app/classes:/app/libs/* shop.Main x
            classes
            libs
            resources
            """);
  }

  private Path mainClasses() throws IOException {
    var classes = sample.classes("main", Map.of("shop.Main", HELLO));
    Files.writeString(classes.resolve("greeting.txt"), "hello ");
    return classes;
  }

  private Path jar(String manifest) throws IOException {
    return sample.archive("shop.jar", manifest, mainClasses(), "", Map.of());
  }

  private Outcome java(Path application, String... options) {
    var line = new ArrayList<>(List.of("java", "--from=localhost/base", "-t", "app"));
    line.addAll(List.of(options));
    line.add(application.toString());
    return buildah.run(line.toArray(String[]::new));
  }

  private String id(Path application, String... options) {
    return java(application, options).succeeded().stdout().lines().toList().getLast();
  }

  /// Builds, and lays the files of the image out in the folder `out`.
  private Path build(Path application, String... options) throws IOException {
    java(application, options).succeeded();
    Files.writeString(folder.resolve("context/Files"), "FROM localhost/app\n");
    var layout = folder.resolve("image");
    buildah.output(
        "build",
        "-t",
        "dir:" + layout,
        "-o",
        place("out"),
        "-f",
        place("context/Files"),
        place("context"));
    return layout;
  }

  private static JsonNode config(Path image) throws IOException {
    var manifest = Json.readTree(Files.readAllBytes(image.resolve("manifest.json")), "manifest");
    var hex = manifest.at("/config/digest").asText().substring("sha256:".length());
    return Json.readTree(Files.readAllBytes(image.resolve(hex)), "configuration");
  }

  /// What each layer of the application is called.
  private static List<String> comments(Path image) throws IOException {
    return StreamSupport.stream(config(image).path("history").spliterator(), false)
        .filter(each -> each.path("created_by").asText().startsWith("jib-core:"))
        .map(each -> each.path("comment").asText())
        .toList();
  }

  /// What the application prints when this machine's Java starts it as the image says.
  private String started(Path image, String... arguments) throws IOException {
    var line = new ArrayList<String>();
    for (var word : config(image).at("/config/Entrypoint")) {
      line.add(word.asText().replace("/app", place("out/app")));
    }
    line.set(0, Path.of(System.getProperty("java.home"), "bin/java").toString());
    line.addAll(List.of(arguments));
    return Run.of(line).outcome().succeeded().stdout();
  }

  private List<String> files(String below) throws IOException {
    try (var all = Files.walk(folder.resolve(below))) {
      return all.map(each -> folder.resolve(below).relativize(each).toString()).toList();
    }
  }

  private String place(String path) {
    return folder.resolve(path).toString();
  }
}
