package dev.ocij.term.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTemplateTest {
  private static final JsonNode DATA =
      Json.readTree(
          """
          {"Name":"alpine<1>","Empty":"","Size":42,"Ratio":1.5,"Big":1e30,"Yes":true,"No":false,
           "Null":null,"Tags":["b","a"],"None":[],
           "Labels":{"z":"last","a.b":"first","key":"value"},"NoLabels":{},
           "Mixed":{"n":1,"s":"x"},
           "Layers":[{"Digest":"d1","Size":1},{"Digest":"d2","Size":2}],
           "Config":{"User":"me","Env":["A=1"]}}
          """
              .getBytes(StandardCharsets.UTF_8),
          "test");

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          plain                                           → plain
          {{.Name}}                                       → alpine<1>
          {{ .Name }} and {{.Size}}                       → alpine<1> and 42
          {{.Config.User}}                                → me
          {{.}}-{{$}}                                     → ROOT-ROOT
          {{.Ratio}} {{.Big}} {{.Yes}} {{.No}} {{.Null}}  → 1.5 1e+30 true false <nil>
          {{.Tags}} {{.None}}                             → [b a] []
          {{.Labels}} {{.NoLabels}}                       → map[a.b:first key:value z:last] map[]
          {{.Layers}}                                     → [{d1 1} {d2 2}]
          {{.Config}}                                     → {me [A=1]}
          {{.Labels.key}} {{.Labels.missing}}             → value <no value>
          {{"text"}} {{`raw\\n`}} {{"a\\tb"}} {{'a'}}     → text raw\\n a\tb 97
          {{1}} {{-5}} {{0x10}} {{1.5}} {{true}}          → 1 -5 16 1.5 true
          {{/* comment }} */}}x{{- /* trims */ -}}  y     → xy
          a  {{- 1 -}}  b                                 → a1b
          a {{1 -}}  b                                    → a 1b
          {{(.Config).User}} {{(index .Layers 1).Digest}} → me d2
          {{$x := .Size}}{{$x}} {{$x = 7}}{{$x}}          → 42 7
          {{$c := .Config}}{{$c.User}} {{$.Name}}         → me alpine<1>
          """)
  void prints_values_as_go_does(String template, String text) {
    assertThat(render(template)).isEqualTo(text.replace("ROOT", GoValue.print(DATA)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{html "<a b=\\"&'>"}}         → &lt;a b=&#34;&amp;&#39;&gt;
          {{html 1 2 "<"}}              → 1 2&lt;
          {{.Name | html}}              → alpine&lt;1&gt;
          {{js "it's <b> = & \\\\ \\n é"}} → it\\'s \\u003Cb\\u003E \\u003D \\u0026 \\\\ \\u000A é
          {{urlquery "a b&c=d/é~*()"}}  → a+b%26c%3Dd%2F%C3%A9~%2A%28%29
          """)
  void makes_text_safe_for_other_languages(String template, String text) {
    assertThat(render(template)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{if .Yes}}a{{end}}{{if .No}}b{{end}}                             → a
          {{if .Null}}a{{else}}b{{end}}                                     → b
          {{if .Empty}}a{{else if .Size}}b{{else}}c{{end}}                  → b
          {{if .Empty}}a{{else if .None}}b{{else}}c{{end}}                  → c
          {{if and .None (index .None 0)}}a{{else}}b{{end}}                 → b
          {{with .Config}}{{.User}}{{end}}                                  → me
          {{with .Null}}a{{else}}{{.Name}}{{end}}                           → alpine<1>
          {{with $x := .Size}}{{$x}}{{.}}{{end}}                            → 4242
          {{range .Tags}}<{{.}}>{{end}}                                     → <b><a>
          {{range .None}}a{{else}}none{{end}}                               → none
          {{range .Null}}a{{else}}none{{end}}                               → none
          {{range $i, $v := .Tags}}{{$i}}={{$v}};{{end}}                    → 0=b;1=a;
          {{range $v := .Tags}}{{$v}}{{end}}                                → ba
          {{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}                  → a.b=first;key=value;z=last;
          {{range .Layers}}{{.Digest}} {{$.Size}},{{end}}                   → d1 42,d2 42,
          {{range .Layers}}{{if eq .Size 2}}{{.Digest}}{{end}}{{end}}       → d2
          {{$n := 0}}{{range .Layers}}{{$n = .Size}}{{end}}{{$n}}           → 2
          {{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}              → 21
          {{range 3}}{{.}}{{end}}{{range $i, $n := 2}}{{$i}}{{$n}}{{else}}x{{end}} → 0120011
          {{range 0}}x{{else}}none{{end}}                                   → none
          {{range .Tags}}{{.}}{{break}}{{end}}.                             → b.
          {{range $i, $_ := .Layers}}{{if $i}}{{else}}{{continue}}{{end}}{{.Digest}}{{end}} → d2
          {{range .Tags}}{{range $.Layers}}{{break}}{{end}}{{.}}{{end}}     → ba
          {{define "x"}}[{{.}}{{$}}]{{end}}{{template "x" .Size}}           → [4242]
          {{template "x"}}{{define "x"}}later{{end}}                        → later
          {{block "x" .Config}}{{.User}}{{end}}{{template "x" .Config}}     → meme
          """)
  void decides_and_repeats(String template, String text) {
    assertThat(render(template)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{json .Name}} {{.Tags | json}}                → "alpine<1>" ["b","a"]
          {{json .Null}} {{json .Labels.x}}              → null null
          {{json .Config}}                               → {"User":"me","Env":["A=1"]}
          {{join .Tags ", "}}                            → b, a
          {{lower "ÄB"}} {{upper .Name}} {{title "a bc"}} → äb ALPINE<1> A Bc
          {{split "a:b:" ":"}} {{len (split "a:b" ":")}} → [a b ] 2
          {{pad "x" 1 2}}{{pad "" 1 2}}.                  → ` x  .`
          {{truncate .Name 3}} {{truncate "ab" 3}}       → alp ab
          {{len .Name}} {{len .Tags}} {{len .Labels}} {{len "ä"}} → 9 2 3 2
          {{index .Tags 1}} {{index .Labels "a.b"}}      → a first
          {{index .Labels "no"}}.{{index .Mixed "no"}}   → .<no value>
          {{index .Layers 0 "Digest"}}                   → d1
          {{slice .Name 0 3}} {{slice .Tags 1}}          → alp [a]
          {{print 1 2 "a" 3 .Yes}} {{println "a" 1}}.    → `1 2a3 true a 1
          .`
          {{eq .Size 42}} {{eq .Name "b" "alpine<1>"}} {{ne .Size 1}} → true true true
          {{eq 1 1.0}} {{eq .Null nil}} {{eq .Null 1}}   → true true false
          {{lt 1 2}} {{le 2 2}} {{gt "a" "b"}} {{ge 1 2}} → true true false false
          {{and .Yes .Size}} {{and .No .Size}} {{or .Empty "x"}} {{or 0 ""}}. → 42 false x .
          {{not .Yes}} {{not .None}}                     → false true
          {{.Name | truncate 3}}                         → ERROR
          {{3 | truncate .Name}}                         → alp
          {{.Name | printf "%s-%d" | len}}               → 22
          {{printf "%s|%d|%v|%t|%q|%x" .Name .Size .Tags .Yes "a\\"b" 255}} → `alpine<1>|42|[b a]|true|"a\\"b"|ff`
          {{printf "%5s|%-5s|%05d|%.2f|%+d|%%|%.2s" "ab" "cd" 42 .Ratio 1 "xyz"}} → `   ab|cd   |00042|1.50|+1|%|xy`
          {{printf "%d" "x"}} {{printf "%s" 1}} {{printf "%d"}} {{printf "a" 1}} → %!d(string=x) %!s(int=1) %!d(MISSING) a%!(EXTRA int=1)
          {{printf "%x %X %s" "hi" 255 .Labels}}         → 6869 FF map[a.b:first key:value z:last]
          """)
  void has_functions(String template, String text) {
    if (text.equals("ERROR")) {
      assertThatExceptionOfType(OciException.class).isThrownBy(() -> render(template));
    } else {
      assertThat(render(template)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{.Nmae}}                      → 1:3: can't evaluate field Nmae in type struct; it has Name, Empty,
          {{.Config.Usr}}                → 1:10: can't evaluate field Usr in type struct; it has User, Env
          {{range .Layers}}{{.X}}{{end}} → 1:20: can't evaluate field X in type struct; it has Digest, Size
          {{.Name.X}}                    → 1:8: can't evaluate field X in type string
          {{.Null.X}}                    → 1:8: nil pointer evaluating .X
          {{.Labels.x.y}}                → 1:12: nil pointer evaluating .y
          {{index .Tags 2}}              → 1:3: error calling index: index out of range: 2
          {{index .Size 2}}              → 1:3: error calling index: can't index item of type int
          {{join .Name ","}}             → 1:3: error calling join: expected a list, found string
          {{lower}}                      → 1:3: error calling lower: wrong number of args: want 1 got 0
          {{lt 1 "a"}}                   → 1:3: error calling lt: incompatible types for comparison
          {{eq .Tags .Tags}}             → 1:3: error calling eq: incompatible types for comparison
          {{range .Name}}{{end}}         → 1:9: range can't iterate over alpine<1>
          {{$x}}                         → 1:3: undefined variable $x
          {{if true}}{{$x := 1}}{{end}}{{$x}} → 1:32: undefined variable $x
          {{.Name .Size}}                → 1:3: .Name is no method that takes arguments
          {{1 | .Name}}                  → 1:7: .Name is no method that takes arguments
          {{.Name.Encoded}}              → 1:8: can't evaluate field Encoded in type string
          {{template "x"}}               → 1:3: template "x" not defined
          {{define "x"}}{{template "x"}}{{end}}{{template "x"}} → 1:17: template "x" calls itself without end
          """)
  void names_the_place_where_the_data_does_not_fit(String template, String message) {
    var parsed = GoTemplate.parse(template);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> parsed.render(DATA))
        .withMessageStartingWith("template:" + message)
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{                       → 1:1: unclosed action
          {{.Name                  → 1:1: unclosed action
          {{"text}}                → 1:3: unexpected "\\"" in action
          {{.Name}                 → 1:8: unexpected "}" in action
          {{}}                     → 1:3: missing value
          {{.Name | }}             → 1:10: missing value
          {{fuction .Name}}        → 1:3: function "fuction" not defined
          {{"a" .Size}}            → 1:3: only a function takes arguments
          {{1 | 2}}                → 1:7: only a function takes arguments
          {{(.Name}}               → 1:9: unexpected "}}"
          {{.Name)}}               → 1:8: unexpected ")"
          {{end}}                  → 1:3: unexpected "end"
          {{if .Yes}}a             → 1:3: no {{end}} for this {{if}}
          {{if .Yes}}a{{else}}b    → 1:3: no {{end}} for this {{if}}
          {{range .Tags}}{{else}}{{else}}{{end}} → 1:26: unexpected "else"
          {{define "x"}}a          → 1:3: no {{end}} for this {{define}}
          {{define x}}a{{end}}     → 1:10: unexpected "x"
          {{block "x"}}a{{end}}    → 1:12: missing value
          {{break}}                → 1:3: {{break}} outside {{range}}
          {{range .Tags}}{{define "x"}}{{continue}}{{end}}{{end}} → 1:32: {{continue}} outside {{range}}
          {{"\\q"}}                → 1:3: unknown escape in "\\\\q"
          {{if}}a{{end}}           → 1:5: missing value
          """)
  void names_the_place_of_a_mistake(String template, String message) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> GoTemplate.parse(template))
        .withMessage("template:" + message)
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.USAGE);
  }

  @Test
  void counts_lines() {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> render("a\n\n  {{.X}}"))
        .withMessageStartingWith("template:3:5: can't evaluate field X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          {{.T}}                                     → 2024-02-03 04:05:06.789 +0000 UTC
          {{json .T}}                                → "there"
          {{.T.Year}} {{.T.Month}} {{.T.Day}} {{.T.Weekday}} {{.T.YearDay}} → 2024 February 3 Saturday 34
          {{.T.Hour}}:{{.T.Minute}}:{{.T.Second}} {{.T.Nanosecond}} → 4:5:6 789000000
          {{.T.Unix}} {{.T.UnixMilli}} {{.T.UnixNano}} → 1706933106 1706933106789 1706933106789000000
          {{.T.UTC.String}} {{.T.IsZero}}            → 2024-02-03 04:05:06.789 +0000 UTC false
          {{.T.Format "2006-01-02"}} {{"15:04" | .T.Format}} → 2024-02-03 04:05
          {{printf "%s" (.T.Format "Jan _2")}}       → Feb  3
          {{.D.Algorithm}} {{.D.String}}             → sha256 DIGEST
          {{.D.Encoded}} {{.D.Hex | len}} {{.D.Validate}} → HEX 64 <nil>
          {{range .List}}{{.Encoded}}{{end}}         → HEX
          """)
  void times_and_digests_have_methods(String template, String text) {
    var digest = Digest.of(new byte[0]);
    var data = Json.object().put("D", digest.toString());
    data.set("T", new GoTime(Instant.parse("2024-02-03T04:05:06.789Z"), TextNode.valueOf("there")));
    data.putArray("List").add(digest.toString());
    var wanted = text.replace("DIGEST", digest.toString()).replace("HEX", digest.hex());
    assertThat(GoTemplate.parse(template).render(data)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          {{.T.Local2}}    → 1:5: can't evaluate field Local2 in type string
          {{.T.Format}}    → 1:5: error calling Format: wrong number of args: want 1 got 0
          {{.T.Format 1}}  → 1:5: error calling Format: expected a string, found int
          {{.T.Year 1}}    → 1:5: error calling Year: wrong number of args: want 0 got 1
          """)
  void a_method_that_is_not_called_so_is_told(String template, String message) {
    var data = Json.object().set("T", new GoTime(Instant.EPOCH, TextNode.valueOf("there")));
    var parsed = GoTemplate.parse(template);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> parsed.render(data))
        .withMessage("template:" + message);
  }

  private static String render(String template) {
    return GoTemplate.parse(template).render(DATA);
  }
}
