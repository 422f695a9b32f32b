package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// A container that did not come to run its program.
public final class StartException extends OciException {
  private static final int NOT_INVOKED = 126;
  private static final int NOT_FOUND = 127;

  private final int exitStatus;

  private StartException(Category category, int exitStatus, String sentence) {
    super(category, "start the container: " + sentence);
    this.exitStatus = exitStatus;
  }

  private StartException(int exitStatus, String sentence) {
    super(Category.IMPOSSIBLE, sentence);
    this.exitStatus = exitStatus;
  }

  /// The status that stands for this by convention: 127 where the program was not found, 126 where
  /// it could not be invoked.
  public int exitStatus() {
    return exitStatus;
  }

  /// A failure of a start that another process tried.
  ///
  /// @param sentence in full
  public static StartException reported(int exitStatus, String sentence) {
    return new StartException(exitStatus, sentence);
  }

  static StartException of(InitAction action, String call, long result) {
    return switch (action) {
      case InitAction.Execute(var args, _) -> execute(args.getFirst(), result);
      case InitAction.WorkingDirectory(var path) when Errno.ENOENT.is(result) ->
          notInvoked(
              Category.NOT_FOUND,
              "workdir %s does not exist on the container".formatted(Quoted.of(path)));
      case InitAction.WorkingDirectory(var path) ->
          notInvoked(
              Category.USAGE, "workdir %s: %s".formatted(Quoted.of(path), Errno.describe(result)));
      default ->
          notInvoked(
              Category.IMPOSSIBLE,
              "%s: %s: %s".formatted(Deed.of(action), call, Errno.describe(result)));
    };
  }

  static StartException ofClone(long result) {
    return notInvoked(Category.IMPOSSIBLE, "create namespaces: clone: " + Errno.describe(result));
  }

  private static StartException execute(String program, long result) {
    var name = Quoted.of(program);
    if (!Errno.ENOENT.is(result)) {
      return notInvoked(Category.USAGE, "run %s: %s".formatted(name, Errno.describe(result)));
    }
    var where =
        program.contains("/")
            ? "no such file or directory, or its interpreter is missing"
            : "executable file not found in the PATH of the container";
    return new StartException(Category.NOT_FOUND, NOT_FOUND, "run %s: %s".formatted(name, where));
  }

  private static StartException notInvoked(Category category, String sentence) {
    return new StartException(category, NOT_INVOKED, sentence);
  }
}
