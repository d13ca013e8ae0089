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

/**
 * The processor time of another process, over all its threads. Linux has a clock for it with
 * nanosecond precision; {@link ProcessHandle} counts hundredths of a second.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html">its manual</a>
 */
final class ProcessorClock {
  private static final MethodHandle CLOCK_OF_PROCESS =
      libc("clock_getcpuclockid", JAVA_INT, ADDRESS);
  private static final MethodHandle CLOCK_TIME = libc("clock_gettime", JAVA_INT, ADDRESS);

  private final MemorySegment time = Arena.ofAuto().allocate(JAVA_LONG, 2);
  private final int id;

  ProcessorClock(int pid) {
    MemorySegment found = Arena.ofAuto().allocate(JAVA_INT);
    try {
      int _ = (int) CLOCK_OF_PROCESS.invokeExact(pid, found);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    id = found.get(JAVA_INT, 0);
  }

  long nanos() {
    try {
      // Of a process that has ended it leaves the time as it was.
      int _ = (int) CLOCK_TIME.invokeExact(id, time);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000 + time.getAtIndex(JAVA_LONG, 1);
  }

  /** A function of the C library that gives an int. */
  @SuppressWarnings("restricted")
  static MethodHandle libc(String name, ValueLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
  }
}
