package dev.ocij.buildah.build;

import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.runtime.Accounts;
import java.util.List;

/// The owner that `--chown` names: `user[:group]`, each by a name of the stage or a number.
final class Chown {
  private Chown() {}

  /// @throws dev.ocij.spec.OciException where the stage has no such user or group
  static Owner find(String chown, LayeredTree stage) {
    var user = Accounts.of(new StageFiles(stage)).find(withGroup(chown), List.of(), null).user();
    return new Owner(user.uid(), user.gid());
  }

  /// A number alone stands for the group of the same number.
  private static String withGroup(String chown) {
    return chown.matches("[0-9]+") ? chown + ":" + chown : chown;
  }
}
