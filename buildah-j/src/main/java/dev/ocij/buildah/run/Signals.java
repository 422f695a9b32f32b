package dev.ocij.buildah.run;

import java.lang.reflect.Constructor;
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

  /// Makes what handling them needs: the class of a proxy takes longer than many a program runs.
  public static void prepare() {
    adapter(_ -> {});
  }

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
      Jdk.HANDLE.invoke(null, Jdk.SIGNAL.newInstance(name), adapter(target));
    } catch (InvocationTargetException _) {
      // The virtual machine needs this one itself.
    } catch (ReflectiveOperationException e) {
      throw Jdk.unlike(e);
    }
  }

  private static Object adapter(IntConsumer target) {
    return Proxy.newProxyInstance(
        Jdk.HANDLER.getClassLoader(),
        new Class<?>[] {Jdk.HANDLER},
        (_, method, args) -> answer(method, args, target));
  }

  /// The only method of a handler tells of the signal; those of every object are the target's.
  private static @Nullable Object answer(Method method, Object[] args, IntConsumer target)
      throws ReflectiveOperationException {
    if (!method.getName().equals("handle")) {
      return method.invoke(target, args);
    }
    target.accept((int) Jdk.NUMBER.invoke(args[0]));
    return null;
  }

  /// `sun.misc.Signal`.
  private static final class Jdk {
    static final Class<?> HANDLER;
    static final Constructor<?> SIGNAL;
    static final Method HANDLE;
    static final Method NUMBER;

    static {
      try {
        var signal = Class.forName("sun.misc.Signal");
        HANDLER = Class.forName("sun.misc.SignalHandler");
        SIGNAL = signal.getConstructor(String.class);
        HANDLE = signal.getMethod("handle", signal, HANDLER);
        NUMBER = signal.getMethod("getNumber");
      } catch (ReflectiveOperationException e) {
        throw unlike(e);
      }
    }

    static IllegalStateException unlike(ReflectiveOperationException cause) {
      return new IllegalStateException("this JDK has no sun.misc.Signal", cause);
    }
  }
}
