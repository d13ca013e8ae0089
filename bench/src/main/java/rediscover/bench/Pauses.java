package rediscover.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits processes by SIGSTOP and SIGCONT, which needs no rights. A process that has used its share
 * of a period stops until the next one. Like a cgroup, it never stops a process that waits.
 */
final class Pauses implements Limiter {
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;
  private static final MethodHandle KILL = ProcessorClock.libc("kill", JAVA_INT, JAVA_INT);

  /** In nanoseconds. Looking more often would take the time of those who are measured. */
  private static final long SHORTEST_LOOK = 200_000;

  @Override
  public Limit limit(ProcessHandle process, double processors) {
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

  private static void holdDown(ProcessHandle process, double processors) {
    int pid = Math.toIntExact(process.pid());
    long share = Math.round(PERIOD * processors);
    ProcessorClock clock = new ProcessorClock(pid);
    long seen = clock.nanos();
    long excess = 0;
    boolean stopped = false;
    while (process.isAlive() && !Thread.currentThread().isInterrupted()) {
      long end = System.nanoTime() + PERIOD;
      excess -= share;
      if (stopped && excess < 0) {
        kill(pid, SIGCONT);
        stopped = false;
      }
      while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
        long now = clock.nanos();
        excess += now - seen;
        seen = now;
        if (excess >= 0 && !stopped) {
          kill(pid, SIGSTOP);
          stopped = true;
        }
        long left = end - System.nanoTime();
        long look = stopped ? left : Math.min(-excess / 2, left);
        LockSupport.parkNanos(Math.max(SHORTEST_LOOK, look));
      }
      // What it took too much of it is short of in the next periods; what it left is lost.
      excess = Math.max(0, excess);
    }
    kill(pid, SIGCONT);
  }

  private static void kill(int pid, int signal) {
    try {
      // A process that has ended meanwhile is no failure.
      int _ = (int) KILL.invokeExact(pid, signal);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "stopping and continuing the process";
  }
}
