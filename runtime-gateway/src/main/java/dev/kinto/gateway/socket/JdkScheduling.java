package dev.kinto.gateway.socket;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK can do with virtual threads but does not offer yet: run them where one says. It
 * needs {@code java.base/java.lang} to be open to us, which the jar's manifest asks for; another
 * release of Java may not have it.
 */
final class JdkScheduling {
  private static final System.Logger LOG = System.getLogger(JdkScheduling.class.getName());
  private static final @Nullable MethodHandle BUILDER = find(JdkScheduling::builder);
  private static final @Nullable MethodHandle CARRIER = find(JdkScheduling::carrier);
  private static final @Nullable MethodHandle USUAL = find(JdkScheduling::usual);

  private JdkScheduling() {}

  /** Whether this JDK has it; the other methods fail without. */
  static boolean isAvailable() {
    return BUILDER != null && CARRIER != null && USUAL != null;
  }

  /** Makes virtual threads that this executor runs: it is given what each of them does next. */
  static Thread.Builder.OfVirtual threadsOn(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual)
          (Object) Objects.requireNonNull(BUILDER).invokeExact(scheduler);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The platform thread that runs the current one; the current one itself if it is no virtual. */
  static Thread currentCarrier() {
    try {
      return (Thread) Objects.requireNonNull(CARRIER).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs virtual threads of which nothing else is said. */
  static Executor usualScheduler() {
    try {
      return (Executor) (Object) Objects.requireNonNull(USUAL).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle builder() throws ReflectiveOperationException {
    Class<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
    return within(builder)
        .findConstructor(builder, MethodType.methodType(void.class, Executor.class))
        .asType(MethodType.methodType(Object.class, Executor.class));
  }

  private static MethodHandle carrier() throws ReflectiveOperationException {
    return within(Thread.class)
        .findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
  }

  private static MethodHandle usual() throws ReflectiveOperationException {
    Class<?> virtual = Class.forName("java.lang.VirtualThread");
    return within(virtual)
        .unreflectGetter(virtual.getDeclaredField("DEFAULT_SCHEDULER"))
        .asType(MethodType.methodType(Object.class));
  }

  private static Lookup within(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static @Nullable MethodHandle find(Search search) {
    try {
      return search.find();
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "This JDK does not let virtual threads run on event loops", e);
      return null;
    }
  }

  private interface Search {
    MethodHandle find() throws ReflectiveOperationException;
  }
}
