package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ADD of a repository, and a repository as build context.
@Tag("tool")
class GitSourcesTest {
  @TempDir private Path folder;
  private GitRepository repository;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    repository = GitRepository.in(folder);
    built = new BuiltFiles(folder);
  }

  @AfterEach
  void close() throws IOException {
    if (repository != null) {
      repository.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD URL /                         | file link sub/ sub/below
          ADD URL#first /to/                | to/ to/file to/link to/sub/ to/sub/below
          ADD URL#main:sub /                | below
          ADD URL#:link /                   | below
          ADD URL#FIRST /                   | file link sub/ sub/below
          ADD URL#SHORT:sub /               | below
          ADD --checksum=SECOND URL /       | file link sub/ sub/below
          ADD --exclude=sub URL /           | file link
          ADD URL?tag=first&subdir=sub /    | below
          ADD --chown=3:4 URL#:sub /        | below
          """)
  void a_commit_gives_its_files(String line, String names) throws IOException {
    assertThat(built.names("FROM scratch", filled(line))).containsExactly(names.split(" "));
  }

  @Test
  void files_are_as_old_as_the_commit() throws IOException {
    assertThat(built.files("FROM scratch", "ADD %s /".formatted(repository.url())))
        .contains("644 %d file".formatted(GitRepository.SECOND_COMMIT));
  }

  @Test
  void the_git_folder_is_kept_where_that_is_asked_for() throws IOException {
    var line = "ADD --keep-git-dir=true %s /".formatted(repository.url());
    assertThat(built.names("FROM scratch", line)).contains("file", ".git/HEAD");
    assertThat(built.output("FROM scratch", line)).contains("Using cache");
  }

  @Test
  void a_server_of_plain_files_is_enough() throws IOException {
    try (var web = WebServer.of(folder.resolve("served"))) {
      assertThat(built.names("FROM scratch", "ADD %s#first:sub /".formatted(web.url("a.git"))))
          .containsExactly("below");
    }
  }

  /// Everybody on the machine sees the arguments of programs, and what is printed is kept.
  @Test
  @Tag("distribution")
  void a_password_in_its_url_is_in_no_argument_and_told_nowhere() throws IOException {
    var seen = folder.resolve("seen");
    var bin = Files.createDirectory(folder.resolve("bin"));
    var git = bin.resolve("git");
    Files.writeString(
        git,
        "#!/bin/sh\necho \"$*\" >>%s\nexec %s \"$@\"\n"
            .formatted(seen, Tool.required("git").program()));
    assertThat(git.toFile().setExecutable(true)).isTrue();
    try (var web = WebServer.of(folder.resolve("served")).asking("u", "p-secret")) {
      var url = web.url("a.git").replace("//", "//u:p%2Dsecret@");
      Files.writeString(
          folder.resolve("context/Containerfile"), "FROM scratch\nADD %s /\n".formatted(url));
      var store = folder.resolve("store").toString();
      var image = "oci:" + folder.resolve("image") + ":t";
      var context = folder.resolve("context").toString();
      var script = Launcher.BUILDAH_J.script().toString();
      var path = bin + ":" + System.getenv("PATH");
      var outcome =
          Run.of(
                  List.of(
                      script,
                      "--root",
                      store,
                      "build",
                      "--provenance=mode=max",
                      "-t",
                      image,
                      context))
              .with(Map.of("PATH", path))
              .outcome()
              .succeeded();
      assertThat(outcome.stdout() + outcome.stderr())
          .contains("ADD " + web.url("a.git"))
          .doesNotContain("secret");
      var wrong = url.replace("p%2Dsecret", "p%2Dother-secret");
      assertThat(built.run("FROM scratch", "ADD %s /".formatted(wrong)).failed().stderr())
          .contains("clone " + web.url("a.git"))
          .doesNotContain("secret");
    }
    assertThat(seen).content().contains("fetch").doesNotContain("secret", "u:p");
    var places = List.of(folder.resolve("store").toString(), folder.resolve("image").toString());
    for (var place : places) {
      assertThat(Tool.required("grep").run("-rla", "secret", place).stdout()).isEmpty();
    }
  }

  @Test
  void a_secret_opens_a_repository() throws IOException {
    var secret = "--secret=id=GIT_AUTH_TOKEN,src=" + folder.resolve("token");
    Files.writeString(folder.resolve("token"), "top secret\n");
    try (var web =
        WebServer.of(folder.resolve("served"))
            .demanding("basic eC1hY2Nlc3MtdG9rZW46dG9wIHNlY3JldA==")) {
      var line = "ADD %s#first:sub /".formatted(web.url("a.git"));
      assertThat(built.run("FROM scratch", line).failed().stderr())
          .contains("clone " + web.url("a.git"));
      assertThat(names(built.filesOf(secret, built.context().toString()))).containsExactly("below");
    }
  }

  @Test
  void a_submodule_belongs_to_it() throws IOException {
    var work = folder.resolve("outer").toString();
    var git = Tool.required("git");
    git.run("init", "-q", work).succeeded();
    git.run(
            "-C",
            work,
            "-c",
            "protocol.git.allow=always",
            "submodule",
            "add",
            "-q",
            repository.url(),
            "inner")
        .succeeded();
    git.run("-C", work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x")
        .succeeded();
    git.run("clone", "-q", "--bare", work, folder.resolve("served/b.git").toString()).succeeded();
    var url = repository.url().replace("a.git", "b.git");
    assertThat(built.names("FROM scratch", "ADD %s /".formatted(url)))
        .containsExactly(
            ".gitmodules", "inner/", "inner/file", "inner/link", "inner/sub/", "inner/sub/below");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD URL#nosuch /                 | clone URL: it has no branch, tag or commit "nosuch"
          ADD URL#:nosuch /                | clone URL: there is no folder "nosuch" in it
          ADD URL#:file /                  | clone URL: there is no folder "file" in it
          ADD --checksum=0000 URL /        | clone URL: expected commit 0000, got SECOND
          ADD git://127.0.0.1:1/a.git /    | clone git://127.0.0.1:1/a.git: git: 127.0.0.1[0: 127.0.0.1]: errno=Connection refused
          """)
  void what_cannot_be_had_is_told(String line, String message) throws IOException {
    var outcome = built.run("FROM scratch", filled(line));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).contains(filled(message)).hasLineCount(5);
    assertThat(folder.resolve("store/containers").toFile().list()).containsExactly(".lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "out/ocij", "link/up", "up", "file", "up/up"})
  void a_folder_that_leads_out_is_none(String name) throws IOException {
    Files.createSymbolicLink(folder.resolve("work/out"), Path.of("/tmp"));
    Files.createSymbolicLink(folder.resolve("work/up"), Path.of("../../../../../../tmp"));
    Files.createSymbolicLink(folder.resolve("work/sub/up"), Path.of("../../../../../../tmp"));
    pushed();
    var there = "clone %s: there is no folder \"%s\" in it".formatted(repository.url(), name);
    var line = "ADD %s#main:%s /".formatted(repository.url(), name);
    assertThat(built.run("FROM scratch", line).failed().stderr()).contains(there);
    assertThat(built.runOf(repository.url() + "#main:" + name).failed().stderr()).contains(there);
  }

  @Test
  void a_repository_can_be_the_context() throws IOException {
    var work = folder.resolve("work");
    Files.writeString(work.resolve("sub/Containerfile"), "FROM scratch\nCOPY . /\n");
    Files.writeString(work.resolve("Other"), "FROM scratch\nCOPY sub /\n");
    pushed();
    assertThat(names(built.filesOf(repository.url() + "#main:sub")))
        .containsExactly("Containerfile", "below");
    assertThat(names(built.filesOf("-f", "Other", repository.url())))
        .containsExactly("Containerfile", "below");
  }

  @Test
  void what_is_git_s_is_no_part_of_a_context_unless_that_is_asked_for() throws IOException {
    Files.writeString(folder.resolve("work/All"), "FROM scratch\nCOPY . /\n");
    pushed();
    var url = repository.url();
    assertThat(names(built.filesOf("-f", "All", url)))
        .containsExactly("All", "file", "link", "sub/", "sub/below");
    assertThat(built.runOf("-f", "All", url).succeeded().stdout()).contains("Using cache");
    var kept = "--build-arg=BUILDKIT_CONTEXT_KEEP_GIT_DIR=1";
    assertThat(names(built.filesOf(kept, "-f", "All", url))).contains("file", ".git/HEAD");
    assertThat(names(built.filesOf("-f", "All", url + "?keep-git-dir=true"))).contains(".git/HEAD");
    assertThat(built.runOf(kept, "-f", "All", url).succeeded().stdout()).doesNotContain("consumed");
    Files.writeString(folder.resolve("context/Containerfile"), "FROM scratch\nCOPY --from=r . /\n");
    var named = List.of("--build-context=r=" + url, folder.resolve("context").toString());
    assertThat(names(built.filesOf(named.toArray(String[]::new))))
        .containsExactly("All", "file", "link", "sub/", "sub/below");
  }

  /// What was changed is one more commit of the repository.
  private void pushed() {
    var work = folder.resolve("work").toString();
    var git = Tool.required("git");
    git.run("-C", work, "add", "-A").succeeded();
    git.run("-C", work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x")
        .succeeded();
    git.run("-C", work, "push", "-q", folder.resolve("served/a.git").toString(), "main")
        .succeeded();
  }

  @Test
  @Tag("distribution")
  void a_missing_git_is_named() throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), filled("FROM scratch\nADD URL /\n"));
    var line =
        List.of(
            Launcher.BUILDAH_J.script().toString(),
            "--root",
            folder.resolve("store").toString(),
            "build",
            folder.resolve("context").toString());
    var none = folder.resolve("bin");
    Files.createDirectory(none);
    for (var each : List.of("sh", "readlink", "id", "dirname", "cat")) {
      Files.copy(Tool.required(each).program(), none.resolve(each));
    }
    assertThat(Run.of(line).with(Map.of("PATH", none.toString())).outcome().stderr())
        .contains("the program git is needed and is not here; install the package git");
  }

  private static List<String> names(List<String> files) {
    return files.stream().map(line -> line.split(" ", 3)[2]).toList();
  }

  private String filled(String text) {
    return text.replace("URL", repository.url())
        .replace("FIRST", repository.commit("first"))
        .replace("SHORT", repository.commit("first").substring(0, 8))
        .replace("SECOND", repository.commit("second"));
  }
}
