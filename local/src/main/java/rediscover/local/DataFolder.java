package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Locks the folder that outlives a run, so that one run at a time uses it. The system releases the
 * lock when the run ends, even if it is killed.
 */
final class DataFolder implements AutoCloseable {

  private static final String FILE = "run.lock";

  /** The locked byte, behind the text: on Windows no other process can read what is locked. */
  private static final long PLACE = 1 << 20;

  private final FileChannel channel;

  private DataFolder(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, and makes it if it is not there.
   *
   * @throws StartException if another run has it
   */
  static DataFolder take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      try (channel) {
        throw new StartException(
            "%s is in use by %s; stop that one, or take another folder with -Dlocal.data="
                .formatted(folder, user(folder)));
      }
    }
    channel.truncate(0);
    return new DataFolder(channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(PLACE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // It is this process that has it.
    }
  }

  private static String user(Path folder) throws IOException {
    String address = Files.readString(folder.resolve(FILE));
    return address.isEmpty() ? "a run that is starting" : "the run at " + address;
  }

  /** Leaves this run's address for later runs. */
  void say(URI address) throws IOException {
    channel.write(ByteBuffer.wrap(address.toString().getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
