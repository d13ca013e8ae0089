package rediscover.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Limits processes by SIGSTOP and SIGCONT, which takes no rights: a process that has used its share
 * of a period stands still until the next one. Like a cgroup, it never stops one that waits.
 */
final class Pauses implements Limiter {
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;

  /** In nanoseconds. Looking more often would take the time of those who are measured. */
  private static final long SHORTEST_LOOK = 200_000;

  private static final Linker LINKER = Linker.nativeLinker();

  /** Whether the system has what this takes: signals, and clocks of other processes' time. */
  static boolean areKnown() {
    return System.getProperty("os.name").equals("Linux")
        && Stream.of("kill", "clock_getcpuclockid", "clock_gettime")
            .allMatch(name -> LINKER.defaultLookup().find(name).isPresent());
  }

  @Override
  public Limit limit(Process process, double processors) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("share of " + process.pid())
            .start(() -> holdDown(process, processors));
    return () -> {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void holdDown(Process process, double processors) {
    int pid = Math.toIntExact(process.pid());
    long share = Math.round(PERIOD * processors);
    long excess = 0;
    try (Arena arena = Arena.ofConfined()) {
      Clock clock = new Clock(pid, arena);
      while (process.isAlive() && !Thread.interrupted()) {
        long end = System.nanoTime() + PERIOD;
        long since = clock.nanos();
        excess -= share;
        while (excess + clock.nanos() - since < 0 && System.nanoTime() < end) {
          long left = -excess - (clock.nanos() - since);
          pause(Math.min(left / 2, end - System.nanoTime()));
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
        if (System.nanoTime() < end) {
          kill(pid, SIGSTOP);
          pause(end - System.nanoTime());
          kill(pid, SIGCONT);
        }
        // What it took too much of it is short of in the next period; what it left is lost.
        excess = Math.max(0, excess + clock.nanos() - since);
      }
    }
  }

  private static void pause(long nanos) {
    LockSupport.parkNanos(Math.max(SHORTEST_LOOK, nanos));
  }

  private static void kill(int pid, int signal) {
    try {
      // A process that has ended meanwhile is no failure.
      int _ = (int) Libc.KILL.invokeExact(pid, signal);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "stopping and continuing the process";
  }

  /** The processor time of another process, in all its threads. */
  private static final class Clock {
    private final MemorySegment time;
    private final int id;

    Clock(int pid, Arena arena) {
      time = arena.allocate(JAVA_LONG, 2);
      MemorySegment found = arena.allocate(JAVA_INT);
      try {
        int _ = (int) Libc.CLOCK_OF_PROCESS.invokeExact(pid, found);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      id = found.get(JAVA_INT, 0);
    }

    long nanos() {
      try {
        // Of a process that has ended it leaves the time as it was.
        int _ = (int) Libc.CLOCK_TIME.invokeExact(id, time);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000 + time.getAtIndex(JAVA_LONG, 1);
    }
  }

  /** Looked up late, because other systems have no such functions. */
  private static final class Libc {
    static final MethodHandle KILL = find("kill", JAVA_INT, JAVA_INT);
    static final MethodHandle CLOCK_OF_PROCESS = find("clock_getcpuclockid", JAVA_INT, ADDRESS);
    static final MethodHandle CLOCK_TIME = find("clock_gettime", JAVA_INT, ADDRESS);

    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, ValueLayout... parameters) {
      return LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
    }
  }
}
