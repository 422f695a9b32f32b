package dev.ocij.skopeo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The options by which a registry is reached, at each end of each command that reaches one: with
/// the option it is, without it is not.
final class WalkAccess {
  /// Command, prefix of its options, the step that comes first, and a line.
  private static final String ENDS =
      """
      inspect   |       |      | inspect FLAGS docker://AT/app:single
      list-tags |       |      | list-tags FLAGS docker://AT/app
      delete    |       | PUSH | delete FLAGS docker://AT/{new}:t
      sign      |       | PUSH | sign {key} FLAGS docker://AT/{new}:t
      attest    |       | PUSH | attest {key} --type=vuln --predicate={dir}/said.json FLAGS docker://AT/{new}:t
      verify    |       |      | verify --key={dir}/key.pub FLAGS docker://AT/app:single
      policy    |       |      | --policy={dir}/signed.json policy explain FLAGS docker://AT/app:single
      copy      | src-  |      | --insecure-policy copy -q FLAGS docker://AT/app:single dir:{out}/copied
      copy      | dest- |      | --insecure-policy copy -q FLAGS {single} docker://AT/{new}:t
      sync      | src-  |      | --insecure-policy sync --src=docker --dest=dir FLAGS AT/app:single {out}/synced
      sync      | dest- |      | --insecure-policy sync --src=dir --dest=docker FLAGS {dir}/tree AT/{new}
      """;

  /// Options, a registry, what does not come in and how that is told, what comes in.
  private static final String FLAGS =
      """
      authfile  | {auth} | --P-cert-dir={dir}/certs | unauthorized | --P-cert-dir={dir}/certs --P-authfile={dir}/auth.json
      creds     | {auth} | --P-cert-dir={dir}/certs --P-creds=ada:wrong | unauthorized | --P-cert-dir={dir}/certs --P-creds=ada:secret
      screds    | {auth} | --P-cert-dir={dir}/certs --screds=ada:wrong | unauthorized | --P-cert-dir={dir}/certs --screds=ada:secret
      dcreds    | {auth} | --P-cert-dir={dir}/certs --dcreds=ada:wrong | unauthorized | --P-cert-dir={dir}/certs --dcreds=ada:secret
      username  | {auth} | --P-tls-verify=false --P-username=eve --P-password=secret | unauthorized | --P-tls-verify=false --P-username=ada --P-password=secret
      password  | {auth} | --P-tls-verify=false --P-username=ada --P-password=wrong | unauthorized | --P-tls-verify=false --P-username=ada --P-password=secret
      no-creds  | {auth} | --P-tls-verify=false --P-authfile={dir}/auth.json --P-no-creds | unauthorized | --P-tls-verify=false --P-authfile={dir}/auth.json --P-no-creds=false
      registry-token | {tokens} | --P-tls-verify=false --P-registry-token=none | unauthorized | --P-tls-verify=false --P-registry-token={token}
      cert-dir  | {tls} | | certificate | --P-cert-dir={dir}/certs
      tls-verify | {tls} | --P-tls-verify=true | certificate | --P-tls-verify=false
      retry-times | {nobody} | --P-tls-verify=false | connect | RETRY
      retry-delay | {nobody} | --P-tls-verify=false | connect | RETRY
      """;

  private static final String PUSH =
      "run --insecure-policy copy -q --dest-tls-verify=false --dest-creds=ada:secret {single}"
          + " docker://AT/{new}:t";
  private static final String RETRY = "--P-tls-verify=false --retry-times=2 --retry-delay=2ms";

  /// What these options have no prefix, or are not of every command.
  private static final List<String> WHOLE =
      List.of("screds", "dcreds", "retry-times", "retry-delay");

  private WalkAccess() {}

  static List<WalkCase> cases() {
    var cases = new ArrayList<WalkCase>();
    for (var end : ENDS.lines().map(WalkAccess::parts).toList()) {
      for (var flag : FLAGS.lines().map(WalkAccess::parts).toList()) {
        if (has(end[0], end[1], flag[0])) {
          cases.add(walked(end, flag));
        }
      }
    }
    return cases;
  }

  private static boolean has(String command, String prefix, String flag) {
    return switch (flag) {
      case "screds" -> prefix.equals("src-");
      case "dcreds" -> prefix.equals("dest-");
      case "retry-times", "retry-delay" ->
          !List.of("attest", "verify", "policy").contains(command) && !prefix.equals("dest-");
      default -> true;
    };
  }

  private static WalkCase walked(String[] end, String[] flag) {
    boolean again = flag[4].equals("RETRY");
    var steps = new ArrayList<String>();
    if (!end[2].isEmpty() && !again) {
      steps.add(PUSH);
    }
    steps.add("fail " + end[3].replace("FLAGS", flag[2]));
    steps.add("err " + flag[3]);
    if (again) {
      steps.add("no-err retrying");
    }
    steps.add((again ? "fail " : "run ") + end[3].replace("FLAGS", again ? RETRY : flag[4]));
    if (again) {
      steps.add("err Failed, retrying in 2ms ... (2/2). Error: ");
    }
    var name = WHOLE.contains(flag[0]) ? flag[0] : end[1] + flag[0];
    return new WalkCase(
        end[0], "--" + name, steps.stream().map(step -> filled(step, end, flag)).toList());
  }

  private static String filled(String step, String[] end, String[] flag) {
    return step.replace("--P-", "--" + end[1]).replace("AT/", flag[1] + "/").replaceAll(" +", " ");
  }

  private static String[] parts(String row) {
    return Stream.of(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
  }
}
