package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
  private static final Digest BASE = Digest.parse("sha256:" + "a".repeat(64));

  private static final String DOCKER =
      """
      {"architecture":"amd64",
       "config":{"Hostname":"","Domainname":"d","User":"","AttachStdin":false,"AttachStdout":false,
         "AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,
         "ExposedPorts":{"443/tcp":{},"80/tcp":{}},
         "Env":["PATH=/usr/bin","A=b=c"],"Cmd":["/bin/sh","-c","x"],
         "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"Retries":3},
         "ArgsEscaped":true,"Image":"sha256:0","Volumes":null,"WorkingDir":"/w","Entrypoint":null,
         "OnBuild":["RUN y"],"Labels":{"z":"1","a":"2"},"StopSignal":"SIGTERM",
         "Shell":["/bin/bash","-c"]},
       "container":"0123","container_config":{"Hostname":"0123"},
       "created":"2023-08-07T19:20:20.894140623+02:00","docker_version":"20.10.23",
       "history":[{"created":"2023-08-07T19:20:20Z","created_by":"ADD file"},
                  {"created":"2023-08-07T19:20:20Z","created_by":"CMD","empty_layer":true}],
       "os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}
      """
          .formatted(BASE);

  @Test
  void reads_docker() {
    var image = read(DOCKER);
    assertThat(image.platform()).isEqualTo(Platform.of("linux", "amd64"));
    assertThat(image.created()).isEqualTo(Instant.parse("2023-08-07T17:20:20.894140623Z"));
    assertThat(image.rootfs()).isEqualTo(RootFs.of(List.of(BASE)));
    assertThat(image.history()).extracting(History::emptyLayer).containsExactly(false, true);
    var config = image.config();
    assertThat(config.env()).containsExactly("PATH=/usr/bin", "A=b=c");
    assertThat(config.entrypoint()).isEmpty();
    assertThat(config.volumes()).isEmpty();
    assertThat(config.exposedPorts()).containsOnlyKeys("443/tcp", "80/tcp");
    assertThat(config.labels()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    assertThat(config.healthcheck())
        .isEqualTo(new Healthcheck(List.of("CMD-SHELL", "true"), 30_000_000_000L, 0, 0, 0, 3));
  }

  @Test
  void keeps_what_only_docker_defines_and_the_order_of_entries() {
    assertThat(Json.write(read(DOCKER)))
        .asString()
        .isEqualTo(
            """
            {"created":"2023-08-07T17:20:20.894140623Z","architecture":"amd64","os":"linux",\
            "config":{"Domainname":"d","ExposedPorts":{"443/tcp":{},"80/tcp":{}},\
            "Env":["PATH=/usr/bin","A=b=c"],"Cmd":["/bin/sh","-c","x"],\
            "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"Retries":3},\
            "WorkingDir":"/w","Labels":{"z":"1","a":"2"},"StopSignal":"SIGTERM",\
            "Shell":["/bin/bash","-c"],"OnBuild":["RUN y"]},\
            "rootfs":{"type":"layers","diff_ids":["%s"]},\
            "history":[{"created":"2023-08-07T19:20:20Z","created_by":"ADD file"},\
            {"created":"2023-08-07T19:20:20Z","created_by":"CMD","empty_layer":true}],\
            "docker_version":"20.10.23"}\
            """
                .formatted(BASE));
  }

  @Test
  void takes_the_nulls_of_go_for_absence() {
    var image =
        read(
            """
            {"architecture":"arm64","os":"linux","variant":"v8","os.features":null,"created":null,
             "config":null,"history":null,"rootfs":{"type":"layers","diff_ids":null}}
            """);
    assertThat(image)
        .isEqualTo(ImageConfig.scratch(new Platform("arm64", "linux", null, List.of(), "v8")));
  }

  @Test
  void writes_the_fields_that_must_be_there() {
    assertThat(Json.write(ImageConfig.scratch(Platform.of("linux", "amd64"))))
        .asString()
        .isEqualTo(
            """
            {"architecture":"amd64","os":"linux","config":{},\
            "rootfs":{"type":"layers","diff_ids":[]}}\
            """);
  }

  @Test
  void refuses_a_configuration_without_rootfs() {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> read("{\"architecture\":\"amd64\",\"os\":\"linux\"}"))
        .withMessageContaining("the field \"rootfs\" is missing");
  }

  @Test
  void changes_a_copy() {
    var before = read(DOCKER).config();
    var after =
        before.with(draft -> {
          draft.setEnv("A", "new");
          draft.setEnv("PAT", "h");
          draft.labels.remove("z");
          draft.user = "1000";
        });
    assertThat(after.env()).containsExactly("PATH=/usr/bin", "A=new", "PAT=h");
    assertThat(after.labels()).containsOnlyKeys("a");
    assertThat(after.user()).isEqualTo("1000");
    assertThat(after.onBuild()).isEqualTo(before.onBuild());
    assertThat(before).isEqualTo(read(DOCKER).config());
  }

  private static ImageConfig read(String text) {
    return Json.read(
        text.getBytes(StandardCharsets.UTF_8), ImageConfig::from, "image configuration");
  }
}
