package dev.ocij.buildah.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.instruction.Mount;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Healthcheck;
import dev.ocij.spec.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoweringTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ENV a=1 b=$a                            | [a=1, b=]
          ENV a=1\\nENV a=2 b=$a                  | [a=2, b=1]
          ENV a b  c                              | [a=b  c]
          ARG a=1\\nENV b=$a                      | [b=1]
          ARG a=1\\nENV a=2\\nENV b=$a            | [a=2, b=2]
          ARG a=1 b=$a\\nENV c=$b                 | [c=1]
          ARG G\\nENV c=$G                        | [c=global]
          ARG G=own\\nENV c=$G                    | [c=own]
          ENV c=${G-unset}                        | [c=unset]
          ARG given=x\\nENV c=$given              | [c=caller]
          ARG TARGETARCH\\nENV c=$TARGETARCH      | [c=amd64]
          ENV c=${TARGETARCH-unset}               | [c=unset]
          """)
  void scopes_arguments_and_environment(String body, String env) {
    var request = Plans.REQUEST.withBuildArguments(Map.of("given", "caller"));
    var steps = Plans.steps("ARG G=global\nFROM scratch\n" + body.translateEscapes(), request);
    assertThat(steps.getLast().after().config().env()).hasToString(env);
  }

  @Test
  void stages_inherit_arguments_of_the_stage_they_start_from() {
    var end = Plans.end("FROM scratch AS a\nARG x=1\nFROM a\nENV y=$x\n");
    assertThat(end.config().env()).containsExactly("y=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ENTRYPOINT ["e"]                       | [e] []
          CMD ["own"]\\nENTRYPOINT ["e"]         | [e] [own]
          ENTRYPOINT ["e"]\\nCMD ["own"]         | [e] [own]
          CMD a b                                | [] [/bin/sh, -c, a b]
          SHELL ["/bin/bash", "-c"]\\nCMD a      | [] [/bin/bash, -c, a]
          CMD ["$a"]                             | [] [$a]
          """)
  void an_entrypoint_clears_only_the_command_of_the_base(String body, String expected) {
    var base = image(draft -> draft.cmd = List.of("inherited"));
    var steps = Plans.steps("FROM base\n" + body.translateEscapes(), Plans.REQUEST, base);
    var config = steps.getLast().after().config();
    assertThat(config.entrypoint() + " " + config.cmd()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WORKDIR /a                    | /a
          WORKDIR /a\\nWORKDIR b         | /a/b
          WORKDIR a                     | /a
          WORKDIR /a/../b/              | /b
          ENV d=/x\\nWORKDIR ${d}/y      | /x/y
          WORKDIR ../../..              | /
          """)
  void working_directories_add_up(String body, String expected) {
    var steps = Plans.steps("FROM scratch\n" + body.translateEscapes());
    assertThat(steps.getLast().after().directory()).isEqualTo(expected);
    assertThat(((ConfigStep) steps.getLast()).directory()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXPOSE 80 53/udp         | [80/tcp, 53/udp]
          EXPOSE 8000-8002/TCP     | [8000/tcp, 8001/tcp, 8002/tcp]
          EXPOSE 8080:80           | [80/tcp]
          ENV p="1 2"\\nEXPOSE $p   | [1/tcp, 2/tcp]
          """)
  void exposes_ports(String body, String expected) {
    var end = Plans.end("FROM scratch\n" + body.translateEscapes());
    assertThat(end.config().exposedPorts().keySet()).hasToString(expected);
  }

  @Test
  void sets_what_docker_adds_to_the_configuration() {
    var config =
        Plans.end(
                """
                FROM scratch
                LABEL a=1 "b c"="2"
                VOLUME /v ["odd"
                STOPSIGNAL SIGUSR1
                SHELL ["/bin/ash", "-c"]
                USER 5
                ONBUILD RUN echo $x
                HEALTHCHECK --interval=5s --retries=2 CMD ["t"]
                """)
            .config();
    assertThat(config.labels()).containsExactly(Map.entry("a", "1"), Map.entry("b c", "2"));
    assertThat(config.volumes()).containsKeys("/v");
    assertThat(config.stopSignal()).isEqualTo("SIGUSR1");
    assertThat(config.shell()).containsExactly("/bin/ash", "-c");
    assertThat(config.user()).isEqualTo("5");
    assertThat(config.onBuild()).containsExactly("RUN echo $x");
    assertThat(config.healthcheck())
        .isEqualTo(new Healthcheck(List.of("CMD", "t"), 5_000_000_000L, 0, 0, 0, 2));
  }

  @Test
  void runs_what_the_base_left_for_its_children_first() {
    var base = image(draft -> draft.onBuild.add("ENV left=1"));
    var steps = Plans.steps("FROM base\nENV own=$left\n", Plans.REQUEST, base);
    assertThat(steps.getLast().after().config().env()).containsExactly("left=1", "own=1");
    assertThat(steps.getLast().after().config().onBuild()).isEmpty();
  }

  @Test
  void runs_what_an_earlier_stage_left_for_its_children() {
    assertThat(Plans.steps("FROM scratch AS a\nONBUILD ENV x=1\nFROM a\nENV y=$x\n")).hasSize(2);
  }

  @Test
  void refuses_a_stranger_s_broken_trigger() {
    var base = image(draft -> draft.onBuild.add("ENV \u001b[31m"));
    assertThatThrownBy(() -> Plans.steps("FROM base\n", Plans.REQUEST, base))
        .isInstanceOf(ContainerfileException.class)
        .hasMessageStartingWith("ONBUILD:1:5: ")
        .hasMessageNotContaining("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          RUN echo $A                                   ; /bin/sh -c echo $A
          ARG A=1\\nRUN echo $A                         ; |1 A=1 /bin/sh -c echo $A
          ARG B=2 A=1\\nRUN echo                        ; |2 A=1 B=2 /bin/sh -c echo
          ARG A\\nRUN echo                              ; /bin/sh -c echo
          SHELL ["/bin/bash", "-c"]\\nRUN echo          ; /bin/bash -c echo
          RUN ["make", "all"]                           ; make all
          """)
  void tells_the_history_what_ran(String body, String createdBy) {
    var step = (RunStep) Plans.steps("FROM scratch\n" + body.translateEscapes()).getLast();
    assertThat(step.createdBy()).isEqualTo(createdBy);
  }

  @Test
  void tells_the_history_what_changed() {
    var steps = Plans.steps("FROM scratch\nENV PATH=/bin\nCOPY a /dst\n");
    assertThat(((ConfigStep) steps.getFirst()).createdBy())
        .isEqualTo("/bin/sh -c #(nop) ENV PATH=/bin");
    assertThat(((CopyStep) steps.getLast()).createdBy("file:ab"))
        .isEqualTo("/bin/sh -c #(nop) COPY file:ab in /dst ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          RUN <<E\\na\\nb\\nE\\n             | [/bin/sh, -c, `a\\nb\\n`]
          RUN <<E cat\\na\\nE\\n             | [/bin/sh, -c, `<<E cat\\na\\nE\\n`]
          RUN <<-E\\n\\ta\\nE\\n             | [/bin/sh, -c, `a\\n`]
          RUN <<E\\n#!/bin/py\\na\\nE\\n     | [/dev/pipes/E]
          """)
  void runs_documents(String body, String arguments) {
    var step = (RunStep) Plans.steps("FROM scratch\n" + body.translateEscapes()).getLast();
    assertThat(step.execution().arguments())
        .hasToString(arguments.replace("`", "").translateEscapes());
    assertThat(step.execution().script())
        .isEqualTo(arguments.contains("pipes") ? "#!/bin/py\na\n" : null);
  }

  @Test
  void behind_two_dashes_nothing_is_a_flag() {
    assertThat(Plans.end("FROM scratch\nCMD -- --loud\n").config().cmd())
        .containsExactly("/bin/sh", "-c", "--loud");
  }

  @Test
  void a_variable_that_names_nobody_is_no_user() {
    assertThat(Plans.end("FROM scratch\nUSER a\nUSER $nobody\n").user()).isEmpty();
  }

  @Test
  void gives_run_its_environment() {
    var request = Plans.REQUEST.withBuildArguments(Map.of("http_proxy", "p", "A", "given"));
    var text = "FROM scratch\nENV E=1\nARG A E=hidden\nUSER u\nWORKDIR /w\nRUN x\n";
    var step = (RunStep) Plans.steps(text, request).getLast();
    assertThat(step.environment()).containsExactly("E=1", "A=given", "http_proxy=p");
    assertThat(step.identity()).contains("A=given").doesNotContain("http_proxy");
    assertThat(step.after().user()).isEqualTo("u");
    assertThat(step.after().directory()).isEqualTo("/w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type=tmpfs,target=/t u,size=1k\"",
        "type='tmpfs',target=\"/t u\",size=1k",
        "type=tmpfs,target=/t\\ u,\\\"size=1k\\\""
      })
  void quotes_of_a_flag_keep_what_is_between_them(String mount) {
    var step = (RunStep) Plans.steps("FROM scratch\nRUN --mount=%s x\n".formatted(mount)).getLast();
    assertThat(step.mounts().getFirst().mount()).isEqualTo(new Mount.Tmpfs("/t u", 1024, 01777));
    assertThat(step.execution().arguments()).last().isEqualTo("x");
  }

  @Test
  void places_mounts() {
    var step =
        (RunStep)
            Plans.steps(
                    """
                    FROM scratch AS one
                    FROM scratch
                    WORKDIR /w
                    ARG D=dir
                    RUN --mount=target=$D --mount=type=cache,target=/c,sharing=locked,mode=00755 \
                      --mount=type=bind,from=one,source=/s,target=/b,rw \
                      --mount=type=secret,id=k --mount=type=ssh x
                    """)
                .getLast();
    assertThat(step.mounts().stream().map(RunMount::toString))
        .containsExactly(
            "RunMount[mount=Bind[target=/w/dir, source=/, from=null, writable=false, given=false],"
                + " origin=BuildContext[]]",
            "RunMount[mount=Cache[id=/c, target=/c, source=/, from=null, writable=true,"
                + " sharing=LOCKED, access=Access[mode=493, uid=0, gid=0], given=false],"
                + " origin=Scratch[]]",
            "RunMount[mount=Bind[target=/b, source=/s, from=one, writable=true, given=false],"
                + " origin=OfStage[index=0]]",
            "RunMount[mount=Secret[id=k, target=/run/secrets/k, env=null, required=false,"
                + " access=Access[mode=256, uid=0, gid=0]], origin=Scratch[]]",
            "RunMount[mount=Ssh[id=default, target=null, required=false,"
                + " access=Access[mode=384, uid=0, gid=0]], origin=Scratch[]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /dst   | Destination[text=/dst, path=/dst, directory=false]
          /dst/  | Destination[text=/dst/, path=/dst, directory=true]
          .      | Destination[text=., path=/w, directory=true]
          ./x    | Destination[text=./x, path=/w/x, directory=false]
          $d/y   | Destination[text=/v/y, path=/v/y, directory=false]
          /../x  | Destination[text=/../x, path=/x, directory=false]
          """)
  void finds_the_destination(String typed, String destination) {
    var steps = Plans.steps("FROM scratch\nWORKDIR /w\nENV d=/v\nCOPY a %s\n".formatted(typed));
    assertThat(((CopyStep) steps.getLast()).destination()).hasToString(destination);
  }

  @Test
  void carries_all_that_copy_and_add_say() {
    var steps =
        Plans.steps(
            """
            FROM scratch
            ARG who=7 mode=u+x
            COPY --chown=$who --chmod=$mode --exclude=*.$who --parents --link a ./b/../c /d/
            ADD --checksum=sha256:ab --unpack=true --keep-git-dir=true https://h/x /
            COPY <<A <<"B" /d/
            $who "quoted"
            A
            $who
            B
            """);
    var copy = (CopyStep) steps.get(1);
    assertThat(copy.chown()).isEqualTo("7");
    assertThat(Objects.requireNonNull(copy.chmod()).apply(0644, false)).isEqualTo(0744);
    assertThat(copy.sources().excludes()).containsExactly("*.7");
    assertThat(copy.sources().parents()).isTrue();
    assertThat(copy.link()).isTrue();
    assertThat(((CopyStep) steps.get(2)).adding())
        .isEqualTo(new CopyStep.Adding(Unpack.ALL, "sha256:ab", true));
    assertThat(((CopyStep) steps.get(3)).sources().documents())
        .containsExactly(
            new CopyStep.Document("A", "7 \"quoted\"\n"), new CopyStep.Document("B", "$who\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EXPOSE 70000                         | C:2:8: invalid port "70000"; expected 0 to 65535, as in 80, 53/udp or 8000-8010
          CMD --loud                           | C:2:5: unknown flag "--loud" of CMD; put -- before what is no flag
          STOPSIGNAL SIGTREM                   | C:2:12: unknown signal "SIGTREM"; did you mean "SIGTERM"?
          COPY a $no                           | C:2:8: the destination is empty; write / for the root
          COPY --chmod=$no a b                 | C:2:14: invalid mode ""; expected one as 0755 or u=rwX,go=rX
          RUN --mount=type=cache,target=$no x  | C:2:13: mount without target; add target=…
          RUN --mount=target=/m,bind-propagation=suid x | C:2:40: invalid bind-propagation "suid"
          RUN --mount=target=/m,bind-propagation=rshared:exec x | C:2:40: invalid bind-propagation "rshared:exec"
          ENV a=${b?wanted}                    | C:2:7: b: wanted
          """)
  void refuses(String line, String sentence) {
    assertThatThrownBy(() -> Plans.steps("FROM scratch\n" + line))
        .isInstanceOf(ContainerfileException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ARG a=1\\nRUN x     | ARG a=2\\nRUN x     | false
          ARG a=1\\nCOPY x y  | ARG a=2\\nCOPY x y  | true
          ARG a=1\\nCOPY $a y | ARG a=2\\nCOPY $a y | false
          COPY a b c/         | COPY ["a b", "c/"]  | false
          ENV a=1             | ENV a="1"           | true
          COPY --link a b     | COPY a b            | false
          RUN --network=none x| RUN x               | false
          """)
  void the_identity_is_what_the_step_does(String one, String other, boolean same) {
    assertThat(identity(one).equals(identity(other))).isEqualTo(same);
  }

  private static String identity(String body) {
    return Plans.steps("FROM scratch\n" + body.translateEscapes()).getLast().identity();
  }

  private static ImageConfig image(Consumer<ContainerConfig.Draft> change) {
    var scratch = ImageConfig.scratch(Plans.REQUEST.platform());
    return scratch.withConfig(scratch.config().with(change));
  }
}
