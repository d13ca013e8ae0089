package rediscover.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import rediscover.local.application.FunctionSpec;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;

/** A function without a process: answers what it was told to, and remembers its events. */
public class FakeFunction implements Invocable {

  private final FunctionSpec spec;
  private final Queue<Outcome> outcomes = new ArrayDeque<>();
  private final List<String> requestIds = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Outcome last = answer("null");

  public FakeFunction(FunctionSpec spec) {
    this.spec = spec;
  }

  /** What it answers from now on: the outcomes in turn, and then the last of them. */
  public FakeFunction will(Outcome... outcomes) {
    this.outcomes.addAll(List.of(outcomes));
    return this;
  }

  public static Outcome answer(String json) {
    return new Outcome.Answered(json.getBytes(StandardCharsets.UTF_8));
  }

  public static Outcome failure() {
    return new Outcome.Failed(
        "{\"errorType\":\"Oops\",\"errorMessage\":\"it threw\"}".getBytes(StandardCharsets.UTF_8));
  }

  public List<String> events() {
    return events;
  }

  /** One for each event. */
  public List<String> requestIds() {
    return requestIds;
  }

  @Override
  public FunctionSpec spec() {
    return spec;
  }

  @Override
  public synchronized Outcome invoke(String requestId, byte[] event) {
    requestIds.add(requestId);
    events.add(new String(event, StandardCharsets.UTF_8));
    last = outcomes.isEmpty() ? last : outcomes.remove();
    return last;
  }
}
