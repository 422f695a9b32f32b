package dev.ocij.term;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.NativeCode;
import dev.ocij.spec.Digest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/// What the JDK starts slowly and most commands of a program want. It is begun on a thread of its
/// own while the command line is read: a second processor has it ready by the time it is wanted,
/// and whoever wants it earlier starts it as ever.
public enum HeadStart implements Runnable {
  /// The provider of message digests, and the code of the usual one.
  DIGESTS,
  /// The search for somebody who wants to look up names of hosts.
  ADDRESSES,
  /// Calls of the system, and with them a quick end.
  SYSCALLS,
  /// Starting programs and looking at files by the C library.
  PROGRAMS;

  private static final int FEW_BLOCKS = 1 << 8;
  private static final Set<String> TELL = Set.of("--help", "-h", "help", "--version", "-v");

  /// Begins these, and what else a program wants, in their order, unless the program is only asked
  /// about itself.
  public static void begin(String[] arguments, Runnable... wanted) {
    if (arguments.length == 0
        || TELL.contains(arguments[0])
        || TELL.contains(arguments[arguments.length - 1])) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("head-start")
        .start(() -> {
          for (var each : wanted) {
            run(each);
          }
        });
  }

  /// Whoever needs what cannot be had here is told so.
  private static void run(Runnable wanted) {
    try {
      wanted.run();
    } catch (RuntimeException | LinkageError _) {
      // See above.
    }
  }

  /// What hashes more than a block is compiled before its second call; the first one, which is not,
  /// has little to do here.
  private static void hash() {
    var hash = Digest.Algorithm.SHA256.newHash();
    hash.update(new byte[FEW_BLOCKS]);
    hash.update(new byte[FEW_BLOCKS]);
  }

  /// Nobody wants to but the JDK; to look among the libraries would open each of them.
  private static void lookUp() {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      InetAddress.getByName("localhost");
    } catch (UnknownHostException _) {
      // The search is over all the same.
    } finally {
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }

  @Override
  public void run() {
    switch (this) {
      case DIGESTS -> hash();
      case ADDRESSES -> lookUp();
      case SYSCALLS -> new LinuxSyscalls();
      case PROGRAMS -> NativeCode.prepare();
    }
  }
}
