package dev.kinto.gateway;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What the operating system tells a process by signals.
 *
 * <p>The JDK has no supported way to handle them but {@code sun.misc.Signal}, which every OpenJDK
 * exports and whose use javac warns of without a way to say that it is meant: hence reflection.
 */
final class Signals {
  private static final Class<?> SIGNAL = type("Signal");
  private static final Class<?> HANDLER = type("SignalHandler");

  private Signals() {}

  /**
   * Runs an action at each such signal, on a thread of its own, instead of what would happen else.
   * Signals that follow closely on one another may be told as one. Nothing changes where the system
   * has no such signal, keeps it for itself, or was told by the starter to ignore it.
   *
   * @param name without {@code SIG}, for instance {@code TERM}
   */
  static void on(String name, Runnable action) {
    handle(name, action);
  }

  /**
   * Like {@link #on}, but also where whoever started the process has it ignored, as {@code nohup}
   * has SIGHUP. The JVM leaves such a signal alone, without a word.
   */
  static void onEvenIfIgnored(String name, Runnable action) {
    if (handle(name, action)) {
      setDefault(name);
      handle(name, action);
    }
  }

  /** Whether the signal is ignored, and stays so. */
  private static boolean handle(String name, Runnable action) {
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {HANDLER},
            (_, _, _) -> {
              // The only method that anybody calls is SignalHandler.handle.
              action.run();
              return null;
            });
    try {
      Object before =
          SIGNAL.getMethod("handle", SIGNAL, HANDLER).invoke(null, signal(name), handler);
      return HANDLER.getField("SIG_IGN").get(null).equals(before);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return false; // No such signal here, or started with -Xrs: the system's own action remains.
      }
      throw new IllegalStateException("SIG" + name + " cannot be handled", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }

  /** POSIX's {@code signal(number, SIG_DFL)}: from then on the JVM can handle it. */
  @SuppressWarnings("restricted") // there is no other way to a function of the system
  private static void setDefault(String name) {
    Linker linker = Linker.nativeLinker();
    MethodHandle function =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try {
      int number = (int) SIGNAL.getMethod("getNumber").invoke(signal(name));
      // SIG_DFL is the null pointer.
      MemorySegment _ = (MemorySegment) function.invokeExact(number, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }

  private static Object signal(String name) throws ReflectiveOperationException {
    return SIGNAL.getConstructor(String.class).newInstance(name);
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("sun.misc." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Java runtime has no signals", e);
    }
  }
}
