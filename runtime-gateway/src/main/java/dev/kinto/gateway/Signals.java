package dev.kinto.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What the operating system tells a process by signals.
 *
 * <p>The JDK has no supported way to handle them but {@code sun.misc.Signal}, which every OpenJDK
 * exports and whose use javac warns of without a way to say that it is meant: hence reflection.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs an action at each such signal, on a thread of its own, instead of what would happen else.
   * Where the system has no such signal, or keeps it for itself, nothing changes.
   *
   * @param name without {@code SIG}, for instance {@code HUP}
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (_, _, _) -> {
                // The only method that anybody calls is SignalHandler.handle.
                action.run();
                return null;
              });
      Object signal = type.getConstructor(String.class).newInstance(name);
      type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("SIG" + name + " cannot be handled", e.getCause());
      }
      // No such signal here, or started with -Xrs: the system's own action remains.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime has no sun.misc.Signal", e);
    }
  }
}
