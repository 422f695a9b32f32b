package dev.ocij.buildah.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Signals that reach this process while a container runs in its foreground.
///
/// The JDK's class for them is called by reflection: it is in every JDK, but the compiler warns of
/// it in a way that nothing switches off.
public final class Signals {
  private static final List<String> FORWARDED =
      List.of("HUP", "INT", "QUIT", "USR1", "USR2", "ALRM", "TERM", "CONT");
  private static final List<String> DEADLY = List.of("INT", "TERM", "HUP");
  private static final int SIGKILL = 9;

  private Signals() {}

  /// Passes them on. Some the virtual machine keeps for itself.
  public static void forward(IntConsumer target) {
    FORWARDED.forEach(name -> handle(name, target));
  }

  /// Kills the container where this process would be ended.
  public static void end(IntConsumer target) {
    DEADLY.forEach(name -> handle(name, _ -> target.accept(SIGKILL)));
  }

  /// Tells when the window of the terminal has another size.
  public static void resized(Runnable action) {
    handle("WINCH", _ -> action.run());
  }

  private static void handle(String name, IntConsumer target) {
    try {
      Jdk.handle(name, target);
    } catch (InvocationTargetException _) {
      // The virtual machine needs this one itself.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
    }
  }

  /// `sun.misc.Signal`.
  private static final class Jdk {
    static void handle(String name, IntConsumer target) throws ReflectiveOperationException {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var number = signal.getMethod("getNumber");
      var adapter =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, args) -> answer(method, args, number, target));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), adapter);
    }

    /// The only method of a handler tells of the signal; those of every object are the target's.
    private static @Nullable Object answer(
        Method method, Object[] args, Method number, IntConsumer target)
        throws ReflectiveOperationException {
      if (!method.getName().equals("handle")) {
        return method.invoke(target, args);
      }
      target.accept((int) number.invoke(args[0]));
      return null;
    }
  }
}
