package rediscover.local.iam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Permissions;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

/**
 * Decides every access of the embedded run by the template's policies and tells listeners. Single
 * statements can be switched off, to see what they are for.
 */
public final class AccessControl {

  /** Receives decisions and switches, on the thread that makes them. */
  public interface Listener {

    void decided(AccessEvent event);

    /**
     * @param id the statement that was switched off or on
     * @param off all that are off now
     */
    void switched(String id, Set<String> off);
  }

  /** Where every call comes from: all servers are bound to it. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final Source NONE = new Source("", "");

  private final Permissions granted;
  private final String deployer;
  private final Set<String> off = new LinkedHashSet<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Permissions inForce;

  /**
   * @param deployer the role in whose name functions are subscribed to topics
   */
  public AccessControl(Permissions granted, String deployer) {
    this.granted = granted;
    this.deployer = deployer;
    this.inForce = granted;
  }

  /**
   * Decides a call that a function makes, or that Lambda makes in its role's name.
   *
   * @return why it is refused, in AWS's words; empty if it is allowed
   */
  public Optional<String> refuseCall(String functionArn, String action, String resource) {
    return refuseCall(functionArn, action, resource, Map.of());
  }

  /**
   * The same with further condition keys.
   *
   * @param context condition keys with their values
   */
  public Optional<String> refuseCall(
      String functionArn, String action, String resource, Map<String, List<String>> context) {
    LambdaFunction function = function(functionArn);
    Map<String, List<String>> all = inEveryRequest(functionArn);
    all.put("aws:SourceIp", List.of(LOOPBACK));
    all.putAll(context);
    Request request =
        new Request(
            granted.session(function), action, resource, account(resource, functionArn), all);
    return decide("call", function.logicalId(), NONE, request);
  }

  /** Decides whether a service may invoke a function, or its alias, for what it acts for. */
  public Optional<String> refuseInvocation(String functionArn, Source source) {
    LambdaFunction function = function(functionArn);
    String invoked = function.invokedBy(source.service(), source.arn());
    Request request = byService(source, "lambda:InvokeFunction", invoked);
    return decide("invoke", function.logicalId(), source, request);
  }

  /** Decides whether a function's account may subscribe it to a topic. */
  public Optional<String> refuseSubscription(String functionArn, String topicArn) {
    Principal session = new Principal.RoleSession(deployer, "deployer", Map.of());
    Map<String, List<String>> context = inEveryRequest(topicArn);
    context.put("aws:SourceIp", List.of(LOOPBACK));
    context.put("sns:Protocol", List.of("lambda"));
    context.put("sns:Endpoint", List.of(functionArn));
    Request request =
        new Request(session, "sns:Subscribe", topicArn, account(topicArn, functionArn), context);
    // Decided for every message, so only a refusal is reported.
    return inForce.decide(request).isAllowed()
        ? Optional.empty()
        : decide(
            "subscribe",
            function(functionArn).logicalId(),
            new Source("sns.amazonaws.com", topicArn),
            request);
  }

  /** Decides whether Lambda may run a function in its execution role. */
  public Optional<String> refuseRole(String functionArn) {
    LambdaFunction function = function(functionArn);
    var lambda = new Source("lambda.amazonaws.com", functionArn);
    Request request = byService(lambda, "sts:AssumeRole", function.roleArn());
    // Decided for every invocation, so only a refusal is reported.
    return inForce.decide(request).isAllowed()
        ? Optional.empty()
        : decide("invoke", function.logicalId(), lambda, request);
  }

  /** Decides whether a service may send what it could not deliver to a queue. */
  public Optional<String> refuseDelivery(String queueArn, Source source) {
    return decide("deliver", "", source, byService(source, "sqs:SendMessage", queueArn));
  }

  /** The statements that are switched off, by id. */
  public Set<String> off() {
    synchronized (off) {
      return new LinkedHashSet<>(off);
    }
  }

  /**
   * Takes a statement out of force, or back into it.
   *
   * @throws IllegalArgumentException if there is no statement of that id
   */
  public void switchStatement(String id, boolean on) {
    granted.without(id); // Throws if there is no such statement.
    synchronized (off) {
      if (!(on ? off.remove(id) : off.add(id))) {
        return;
      }
      inForce = without(off);
    }
    listeners.forEach(listener -> listener.switched(id, off()));
  }

  public void reset() {
    off().forEach(id -> switchStatement(id, true));
  }

  /** The functions' logical ids. */
  public List<String> functions() {
    return granted.functions().stream().map(LambdaFunction::logicalId).toList();
  }

  /** The accounts whose policies decide, the functions' own first. */
  public List<String> accounts() {
    Stream<String> functions = granted.functions().stream().map(LambdaFunction::arn);
    Stream<String> resources = granted.resourcePolicies().keySet().stream().sorted();
    return Stream.concat(functions, resources)
        .map(arn -> arn.split(":", 6)[4])
        .filter(account -> !account.isEmpty())
        .distinct()
        .toList();
  }

  /** The functions of a statement: it is in their role, or allows to invoke them. */
  public List<String> functionsOf(String statementId) {
    return granted.functions().stream()
        .filter(
            function ->
                statementId.startsWith(function.logicalId() + "/")
                    || granted
                        .role(function.roleArn())
                        .filter(role -> statementId.startsWith(role.logicalId() + "/"))
                        .isPresent())
        .map(LambdaFunction::arn)
        .toList();
  }

  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  public void removeListener(Listener listener) {
    listeners.remove(listener);
  }

  private Optional<String> decide(String kind, String function, Source by, Request request) {
    Decision decision = inForce.decide(request);
    String explanation = decision.explain(request);
    listeners.forEach(
        listener ->
            listener.decided(
                new AccessEvent(
                    kind,
                    function,
                    by.service(),
                    by.arn(),
                    request.action(),
                    request.resource(),
                    decidingAccount(decision, request),
                    decision.isAllowed(),
                    decision instanceof Decision.Allowed(List<Statement> statements)
                        ? statements.stream().map(Statement::id).toList()
                        : List.of(),
                    decision.reason(request),
                    decision.isAllowed() ? List.of() : wouldAllow(request))));
    return decision.isAllowed() ? Optional.empty() : Optional.of(explanation);
  }

  private List<String> wouldAllow(Request request) {
    List<String> candidates = new ArrayList<>();
    Set<String> all = off();
    for (String id : all) {
      Set<String> others = new LinkedHashSet<>(all);
      others.remove(id);
      if (without(others).decide(request).isAllowed()) {
        candidates.add(id);
      }
    }
    return candidates;
  }

  private Permissions without(Collection<String> statements) {
    Permissions left = granted;
    for (String id : statements) {
      left = left.without(id);
    }
    return left;
  }

  private static Request byService(Source source, String action, String resource) {
    Map<String, List<String>> context = inEveryRequest(resource);
    context.put("aws:SourceArn", List.of(source.arn()));
    context.put("aws:SourceAccount", List.of(account(source.arn(), resource)));
    Principal service = new Principal.Service(source.service());
    return new Request(service, action, resource, account(resource, resource), context);
  }

  /**
   * The condition keys of every request.
   *
   * @param arn of something in the region that the request is sent to
   */
  private static Map<String, List<String>> inEveryRequest(String arn) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, List<String>> context = new HashMap<>();
    context.put("aws:CurrentTime", List.of(now.toString()));
    context.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    context.put("aws:RequestedRegion", List.of(arn.split(":", 6)[3]));
    // Every request crosses loopback here and TLS on AWS.
    context.put("aws:SecureTransport", List.of("true"));
    context.put("aws:ViaAWSService", List.of("false"));
    return context;
  }

  /** The account whose policy refuses the request; if none does, the resource's. */
  private static String decidingAccount(Decision decision, Request request) {
    return switch (decision) {
      case Decision.Allowed _ -> request.resourceAccount();
      case Decision.DeniedExplicitly(Statement by) -> request.decidingAccount(by.type());
      case Decision.NotAllowed(PolicyType missing) -> request.decidingAccount(missing);
    };
  }

  /** The account in an ARN; a bucket's ARN has none, and the only buckets are the application's. */
  private static String account(String arn, String otherwise) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && !parts[4].isEmpty() ? parts[4] : otherwise.split(":", 6)[4];
  }

  private LambdaFunction function(String arn) {
    return granted.functions().stream()
        .filter(function -> function.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no function " + arn));
  }
}
