package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://h/a.git                    | https://h/a.git     |                |      |
          https://h/a.git#main               | https://h/a.git     | main           |      |
          https://h/a.git#main:sub/dir       | https://h/a.git     | main           | sub/dir |
          https://h/a.git#:sub               | https://h/a.git     |                | sub  |
          http://u:p@h:8/x/a.git#v1          | http://u:p@h:8/x/a.git | v1          |      |
          git@h:team/a.git#v1:d              | git@h:team/a.git    | v1             | d    |
          git@h:team/a                       | git@h:team/a        |                |      |
          ssh://git@h/a.git#refs/pull/1/head | ssh://git@h/a.git   | refs/pull/1/head |    |
          git://h/a                          | git://h/a           |                |      |
          https://h/a.git?ref=v1&subdir=d    | https://h/a.git     | v1             | d    |
          https://h/a.git?tag=v1             | https://h/a.git     | refs/tags/v1   |      |
          https://h/a.git?branch=b           | https://h/a.git     | refs/heads/b   |      |
          https://h/a.git?commit=abcdef1     | https://h/a.git     | abcdef1        |      | abcdef1
          https://h/a.git?tag=v1&commit=ab   | https://h/a.git     | refs/tags/v1   |      | ab
          """)
  void reads_remote_reference_and_folder(
      String text, String remote, String ref, String folder, String commit) {
    var address = GitAddress.parse(text).orElseThrow();
    assertThat(address.remote()).isEqualTo(remote);
    assertThat(address.ref()).isEqualTo(ref);
    assertThat(address.folder()).isEqualTo(folder == null ? "" : folder);
    assertThat(address.commit()).isEqualTo(commit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/a.tar.gz",
        "https://h/a.git/x",
        "file:///a.git",
        "ext::sh -c x",
        "a.git",
        "/a/b.git",
        "ftp://h/a.git"
      })
  void takes_nothing_else_for_a_repository(String text) {
    assertThat(GitAddress.parse(text)).isEmpty();
  }

  @Test
  void an_address_says_what_belongs_to_it() {
    var address =
        GitAddress.parse("https://h/a.git?keep-git-dir=true&submodules=false").orElseThrow();
    assertThat(address.keepGitDir()).isTrue();
    assertThat(address.submodules()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a.git#--upload-pack=x, is no reference",
    "https://h/a.git#main:../x, is no folder of it",
    "https://h/a.git?x=1, unknown",
    "https://h/a.git?ref=a&ref=b, stands twice",
    "https://h/a.git?ref=a#b, keep one"
  })
  void refuses_what_leads_elsewhere(String text, String found) {
    assertThatThrownBy(() -> GitAddress.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("clone https://h/a.git: ")
        .hasMessageContaining(found);
  }
}
