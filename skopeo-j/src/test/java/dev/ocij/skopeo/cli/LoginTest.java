package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
class LoginTest {
  @AutoClose private static DockerRegistry registry;
  @TempDir private Path folder;
  private final Tool skopeo = Tool.required("skopeo");

  @BeforeAll
  static void a_registry_with_a_password() {
    registry = DockerRegistry.setup().password("ada", "secret").open();
  }

  @Test
  void writes_what_skopeo_writes_and_reads() throws Exception {
    assertThat(login("-u", "ada", "-p", "secret").succeeded().stdout())
        .isEqualTo("Login Succeeded!\n");
    var theirs = folder.resolve("theirs.json").toString();
    skopeo
        .run(
            "login",
            "--tls-verify=false",
            "--authfile=" + theirs,
            "-u=ada",
            "-p=secret",
            registry.host())
        .succeeded();
    assertThat(authfile()).hasSameBinaryContentAs(Path.of(theirs));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(authfile())))
        .isEqualTo("rw-------");
    var user = skopeo.output("login", "--get-login", "--authfile=" + authfile(), registry.host());
    assertThat(user).isEqualTo("ada\n");
  }

  @Test
  void knows_a_login_that_is_still_good() {
    login("-u", "ada", "-p", "secret").succeeded();
    assertThat(login().succeeded().stdout())
        .isEqualTo(
            """
            Authenticating with existing credentials for %s
            Existing credentials are valid. Already logged in to %s
            """
                .formatted(registry.host(), registry.host()));
    assertThat(login("--get-login").succeeded().stdout()).isEqualTo("ada\n");
  }

  /// The process has nothing on its standard input.
  @Test
  void a_password_alone_asks_whose_it_is() {
    login("-u", "ada", "-p", "secret").succeeded();
    var outcome =
        SkopeoLine.with(
                "login",
                "--tls-verify=false",
                "--authfile=" + authfile(),
                "-p=other",
                registry.host())
            .outcome()
            .failed();
    assertThat(outcome.stdout()).isEqualTo("Username (ada): ");
    assertThat(outcome.stderr()).contains("getting username and password: reading username");
  }

  @Test
  void a_blocked_registry_is_not_asked() throws IOException {
    var conf =
        Files.writeString(
            folder.resolve("blocked.conf"),
            "[[registry]]\nlocation=\"%s\"\nblocked=true\n".formatted(registry.host()));
    var line =
        new String[] {
          "--registries-conf=" + conf,
          "login",
          "--tls-verify=false",
          "-u=ada",
          "-p=secret",
          "--authfile=" + authfile(),
          registry.host()
        };
    assertThat(SkopeoLine.run(line).failed().stderr())
        .contains("registry %s is blocked in %s".formatted(registry.host(), conf));
    assertThat(authfile()).doesNotExist();
  }

  @Test
  void refuses_a_wrong_password_and_keeps_nothing() {
    assertThat(login("-u", "ada", "-p", "wrong").failed().stderr())
        .contains("logging into \\\"%s\\\": invalid username/password".formatted(registry.host()))
        .doesNotContain("wrong");
    assertThat(authfile()).doesNotExist();
    assertThat(login("--get-login").failed().stderr())
        .contains("not logged into " + registry.host());
  }

  @Test
  void a_password_is_typed_at_a_terminal_only() {
    assertThat(SkopeoLine.run("login", "-u=ada", registry.host()).failed().stderr())
        .contains("standard input is no terminal; use --password-stdin");
  }

  @Test
  void tells_where_the_credentials_are_kept() {
    assertThat(login("-v", "-u", "ada", "-p", "secret").succeeded().stdout())
        .isEqualTo("Used:  %s\nLogin Succeeded!\n".formatted(authfile()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--all", "nowhere.example"})
  void forgets_nothing_where_the_file_that_was_named_is_not_there(String what) {
    assertThat(logout(what).failed().stderr())
        .contains("credential file is not accessible: faccessat " + authfile());
    assertThat(authfile()).doesNotExist();
  }

  @Test
  void forgets_one_login_and_all_of_them() throws Exception {
    var namespace = registry.host() + "/team";
    login("-u", "ada", "-p", "secret").succeeded();
    run("login", namespace, "-u", "ada", "-p", "secret").succeeded();
    assertThat(logout("http://" + registry.host()).succeeded().stdout())
        .isEqualTo("Removed login credentials for %s\n".formatted(registry.host()));
    assertThat(Files.readString(authfile())).contains(namespace);
    assertThat(logout(registry.host()).failed().stderr())
        .contains("not logged into " + registry.host());
    assertThat(logout("--all").succeeded().stdout())
        .isEqualTo("Removed login credentials for all registries\n");
    assertThat(authfile()).hasContent("{\n\t\"auths\": {}\n}");
  }

  @Test
  void leaves_what_others_keep_in_the_file() throws Exception {
    Files.writeString(authfile(), "{\"auths\":{\"a.example\":{\"auth\":\"YTpi\"}},\"other\":[1]}");
    login("-u", "ada", "-p", "secret").succeeded();
    assertThat(Files.readString(authfile())).contains("a.example", "\"other\"");
  }

  @Test
  void gives_credentials_to_the_helper_that_the_file_names() throws Exception {
    var vault = folder.resolve("vault");
    var helper = folder.resolve("docker-credential-ocijtest");
    Files.writeString(
        helper,
        """
        #!/bin/sh
        echo $1 >> %s; cat >> %s
        [ $1 != get ] || { echo credentials not found in native keychain; exit 1; }
        """
            .formatted(vault, vault));
    helper.toFile().setExecutable(true);
    Files.writeString(
        authfile(), "{\"credHelpers\":{\"%s\":\"ocijtest\"}}".formatted(registry.host()));
    var path = folder + ":" + System.getenv("PATH");
    var outcome =
        SkopeoLine.with(
                "login",
                "--tls-verify=false",
                "--authfile=" + authfile(),
                "-u=ada",
                "-p=secret",
                "-v",
                registry.host())
            .with(Map.of("PATH", path))
            .outcome();
    assertThat(outcome.succeeded().stdout()).startsWith("Used:  ocijtest\n");
    assertThat(vault).content().contains("store", "\"Username\":\"ada\"", "\"Secret\":\"secret\"");
    assertThat(Files.readString(authfile())).doesNotContain("auths");
  }

  /// Its token server gives tokens to strangers too, but not to a wrong password.
  @Test
  void asks_the_token_server_of_a_registry_with_tokens() {
    try (var tokens = DockerRegistry.setup().tokens("ada", "secret").open()) {
      var wrong = run("login", tokens.host(), "-u", "ada", "-p", "wrong");
      assertThat(wrong.status()).isEqualTo(1);
      assertThat(wrong.stdout()).isEmpty();
      assertThat(wrong.stderr())
          .contains("logging into \\\"%s\\\": invalid username/password".formatted(tokens.host()));
      assertThat(authfile()).doesNotExist();
      assertThat(run("login", tokens.host(), "-u", "ada", "-p", "secret").succeeded().stdout())
          .isEqualTo("Login Succeeded!\n");
    }
  }

  /// Credentials are not shown to a realm that is refused, and what it gives to strangers is no
  /// login.
  @Test
  void is_not_deceived_by_a_token_for_strangers() {
    try (var registry = DockerRegistry.open();
        var faulty = FaultyRegistry.before(registry, "bad-realm,match=ping,times=0")) {
      var outcome = run("login", faulty.host(), "-u", "ada", "-p", "secret");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.stdout()).isEmpty();
      assertThat(outcome.stderr()).contains("credentials are not shown there");
      assertThat(authfile()).doesNotExist();
      assertThat(faulty.summary()).doesNotContain("\"Authorization\"");
    }
  }

  /// A token server that is refused says nothing about the password.
  @Test
  void tells_a_refused_token_server_from_a_refused_password() {
    try (var registry = DockerRegistry.open();
        var faulty =
            FaultyRegistry.setup().tls().before(registry, "bad-realm,match=ping,times=0")) {
      assertThat(run("login", faulty.host(), "-u", "ada", "-p", "secret").failed().stderr())
          .contains("its token server", "is refused: it is not https")
          .doesNotContain("invalid username/password", "secret");
    }
  }

  private Path authfile() {
    return folder.resolve("auth.json");
  }

  private Outcome login(String... options) {
    var line = new ArrayList<>(List.of("login", registry.host()));
    line.addAll(List.of(options));
    return run(line.toArray(String[]::new));
  }

  private Outcome logout(String what) {
    return run("logout", what);
  }

  private Outcome run(String... line) {
    var all = new ArrayList<>(List.of(line));
    all.addAll(1, List.of("--tls-verify=false", "--authfile=" + authfile()));
    return SkopeoLine.run(all.toArray(String[]::new));
  }
}
