package rediscover.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps the events of asynchronous invocations until they are done, each in its own file. They
 * outlive the run, even one that is killed. A crash of the machine may lose some, because nothing
 * waits for the disk.
 */
public final class AcceptedEvents {

  /**
   * @param requestId the same for every attempt
   */
  record Event(String requestId, String functionArn, byte[] payload) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".event";
  private static final String DAMAGED = ".damaged";

  private final Path folder;
  private final Consumer<String> log;

  public AcceptedEvents(Path folder, Consumer<String> log) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.log = log;
  }

  /** Keeps an event; when this returns, the event is safe. */
  Event add(String functionArn, byte[] payload) throws IOException {
    var event = new Event(UUID.randomUUID().toString(), functionArn, payload);
    Path unfinished = folder.resolve(event.requestId());
    Files.write(unfinished, JSON.writeValueAsBytes(event));
    Files.move(unfinished, file(event), StandardCopyOption.ATOMIC_MOVE);
    return event;
  }

  /** Forgets an event that is done with. */
  void remove(Event event) throws IOException {
    Files.delete(file(event));
  }

  /**
   * What there is; to be asked at the start, while nothing is added. What is no event any more,
   * such as after a power failure, is set aside.
   */
  List<Event> all() throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(SUFFIX)) {
          read(file).ifPresent(events::add);
        } else if (!file.toString().endsWith(DAMAGED)) {
          // The run was killed while writing it, so it was never accepted.
          Files.delete(file);
        }
      }
    }
    return events;
  }

  private Optional<Event> read(Path file) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Event.class));
    } catch (JsonProcessingException e) {
      Path aside = Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED));
      log.accept("an accepted event is damaged and will not be run: " + aside);
      return Optional.empty();
    }
  }

  private Path file(Event event) {
    return folder.resolve(event.requestId() + SUFFIX);
  }
}
