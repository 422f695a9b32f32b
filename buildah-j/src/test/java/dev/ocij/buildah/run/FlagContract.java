package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options of `run`, `exec`, `ps` and `logs` that change one thing each, for whichever user a
/// subclass stands for.
abstract class FlagContract extends ContainerContract {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --env-file=FILE                             | echo $A$B                  | 12
          --env=A=5 --env-file=FILE                   | echo $A$B                  | 52
          --env-host                                  | echo ${PATH:+given}        | given
          --unsetenv-all                              | echo -$TERM$container-     | --
          --hosts-file=none                           | grep -c localhost /etc/hosts; true | 0
          --user=77 --passwd-entry=me:x:77:7::/:/bin/sh | grep me: /etc/passwd     | me:x:77:7::/:/bin/sh
          --user=77 --passwd=false                    | grep -c :77: /etc/passwd; true | 0
          --user=77:88 --group-entry=g:x:88:          | cat /etc/group             | g:x:88:
          --label-file=FILE                           | echo run                   | run
          --sig-proxy=false                           | echo run                   | run
          --interactive=false --tty=false             | echo run                   | run
          --attach=stdout                             | echo out; echo err >&2     | out
          --tz=Asia/Tokyo                             | date +%z                   | +0900
          """)
  void of_run(String flags, String script, String shown) throws IOException {
    var file = store().folder().resolve("file");
    Files.writeString(file, "A=1\nB=2\n");
    Files.setAttribute(file, "unix:mode", 0644);
    var line = new ArrayList<>(List.of("--rm"));
    Stream.of(flags.split(" "))
        .map(flag -> flag.replace("FILE", file.toString()))
        .forEach(line::add);
    line.add(script);
    var run = shell(line.toArray(String[]::new));
    assertThat(run.stdout()).endsWith(shown + "\n");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void of_the_image() throws IOException {
    var context = Files.createDirectories(store().folder().resolve("context"));
    Files.writeString(
        context.resolve("Containerfile"), "FROM %s\nVOLUME /v\n".formatted(store().image()));
    podman("build", "-q", "-t", "of-volume", context.toString()).succeeded();
    assertThat(imageVolume("bind")).isEqualTo("mounted, 1 kept");
    assertThat(imageVolume("tmpfs")).isEqualTo("mounted, 0 kept");
    assertThat(imageVolume("ignore")).isEqualTo("not mounted, 0 kept");
    podman("tag", "of-volume", "once").succeeded();
    assertThat(podman("run", "--rmi", "once", "echo", "out").succeeded().stdout())
        .isEqualTo("out\n");
    assertThat(podman("image", "exists", "once").status()).isEqualTo(1);
    assertThat(podman("image", "exists", "of-volume").status()).isZero();
    assertThat(podman("ps", "-a", "-q").stdout()).isEmpty();
    podman("rmi", "of-volume").succeeded();
  }

  /// What becomes of the image's volume, and how many volumes the store has meanwhile.
  private String imageVolume(String become) {
    var ask = "grep -q ' /v ' /proc/mounts && echo mounted || echo not mounted";
    var run =
        podman("run", "--name=a", "--image-volume=" + become, "of-volume", "sh", "-c", ask)
            .succeeded();
    long kept = podman("volume", "ls", "-q").succeeded().stdout().lines().count();
    podman("rm", "-v", "a").succeeded();
    return run.stdout().strip() + ", " + kept + " kept";
  }

  @Test
  void of_others() throws IOException {
    var file = store().folder().resolve("file");
    Files.writeString(file, "A=1\nB=2\n");
    Files.setAttribute(file, "unix:mode", 0644);
    shell("--detach", "--name=a", "--label-file=" + file, "echo told; exec sleep 100").succeeded();
    assertThat(podman("inspect", "-f", "{{.Config.Labels}}", "a").stdout())
        .isEqualTo("map[A:1 B:2]\n");
    var exec = podman("exec", "--env-file=" + file, "--no-session", "a", "sh", "-c", "echo $A$B");
    assertThat(exec.succeeded().stdout()).isEqualTo("12\n");
    assertThat(names("--last=1")).isEqualTo("a\n");
    assertThat(names("--external")).isEqualTo("a\n");
    assertThat(names("--sync")).isEqualTo("a\n");
    eventually("told", "told\n", "logs", "a");
    assertThat(podman("logs", "--timestamps", "--color", "a").succeeded().stdout())
        .matches("(\u001b\\[[0-9;]*m)?[0-9T:.-]+Z told.*\n");
    podman("cp", "--overwrite", file.toString(), "a:/copied").succeeded();
    assertThat(podman("exec", "a", "cat", "/copied").stdout()).isEqualTo("A=1\nB=2\n");
    assertThat(podman("kill", "--signal=KILL", "a").succeeded().stdout()).isEqualTo("a\n");
    assertThat(podman("logs", "--follow", "a").succeeded().stdout()).isEqualTo("told\n");
    assertThat(podman("stop", "--time=1", "a").succeeded().stdout()).isEqualTo("a\n");
  }
}
