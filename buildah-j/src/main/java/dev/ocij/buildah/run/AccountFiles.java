package dev.ocij.buildah.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.RootFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Entries for a user and a group whom the image does not know: many programs refuse to run
/// without.
record AccountFiles(RunRequest.Accounting wish, Accounts.Account account, String cwd) {
  private static final String PASSWD = "/etc/passwd";
  private static final String GROUP = "/etc/group";

  /// The files with one line more; none where no line is missing, or the image has no such file.
  Map<String, byte[]> contents(RootFiles files) {
    var contents = new LinkedHashMap<String, byte[]>();
    var accounts = Accounts.of(files);
    boolean unknown = !accounts.knows(account.user().uid());
    if (wish.entries() && (unknown || wish.passwd() != null)) {
      var line =
          wish.passwd() == null
              ? "$USERNAME:*:$UID:$GID:container user:$HOME:/bin/sh"
              : wish.passwd();
      files.read(PASSWD).ifPresent(text -> contents.put(PASSWD, with(text, line)));
    }
    group(accounts)
        .ifPresent(
            line -> files.read(GROUP).ifPresent(text -> contents.put(GROUP, with(text, line))));
    return contents;
  }

  private Optional<String> group(Accounts accounts) {
    var known = accounts.knowsGroup(account.user().gid());
    return Optional.ofNullable(wish.group())
        .or(() -> known ? Optional.empty() : Optional.of("$GROUPNAME:x:$GID:$UID"))
        .filter(_ -> wish.entries());
  }

  private byte[] with(String text, String template) {
    var user = account.user();
    var line =
        template
            .replace("$USERNAME", Integer.toString(user.uid()))
            .replace("$GROUPNAME", Integer.toString(user.gid()))
            .replace("$NAME", "container user")
            .replace("$UID", Integer.toString(user.uid()))
            .replace("$GID", Integer.toString(user.gid()))
            .replace("$HOME", cwd);
    var separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return (text + separator + line + "\n").getBytes(UTF_8);
  }
}
