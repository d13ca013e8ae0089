package rediscover.permissions.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads what stands in the cells of the tables of cases; ACCOUNT-A and ACCOUNT-B are accounts. */
public final class Cases {

  static final String ACCOUNT_A = "111111111111";
  static final String ACCOUNT_B = "222222222222";

  private Cases() {}

  /** Policies by file name, separated by spaces; "-" is none. */
  public static List<Policy> policies(PolicyType type, String names) {
    return words(names).map(name -> parse(name, type, policyFile(name))).toList();
  }

  /** A policy document in JSON, which is YAML. Every scalar is a string, as in a template. */
  static Policy parse(String name, PolicyType type, String json) {
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    return Policy.of(name, type, new Load(settings).loadFromString(json));
  }

  /** A request whose principal is a service or a role with its tags: {@code A/Role tag=value}. */
  static Request request(String principal, String action, String resource, String context) {
    String arn = accounts(resource);
    String[] parts = arn.split(":", 6);
    String owner = parts.length == 6 && !parts[4].isEmpty() ? parts[4] : ACCOUNT_A;
    Request request = Request.of(principal(principal), action, arn, owner);
    for (String pair : words(context).toList()) {
      String[] keyAndValues = pair.split("=", 2);
      String values = accounts(keyAndValues[1]);
      request = request.with(keyAndValues[0], values.isEmpty() ? new String[0] : values.split(","));
    }
    return request;
  }

  /** The decision in a word or two. */
  public static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> "allowed";
      case Decision.DeniedExplicitly denied -> "denied";
      case Decision.NotAllowed(PolicyType missing) -> "no " + missing.inMessages();
    };
  }

  static String accounts(String text) {
    return text.replace("ACCOUNT-A", ACCOUNT_A).replace("ACCOUNT-B", ACCOUNT_B);
  }

  private static Principal principal(String text) {
    if (text.endsWith(".amazonaws.com")) {
      return new Principal.Service(text);
    }
    List<String> words = words(text).toList();
    String[] accountAndRole = words.getFirst().split("/", 2);
    Map<String, String> tags = new HashMap<>();
    for (String tag : words.subList(1, words.size())) {
      String[] keyAndValue = tag.split("=", 2);
      tags.put(keyAndValue[0], keyAndValue[1]);
    }
    String account = accounts("ACCOUNT-" + accountAndRole[0]);
    String arn = "arn:aws:iam::" + account + ":role/" + accountAndRole[1];
    return new Principal.RoleSession(arn, "session", tags);
  }

  private static Stream<String> words(String text) {
    return text.equals("-") ? Stream.empty() : Arrays.stream(text.split(" +"));
  }

  private static String policyFile(String name) {
    String path = "/policies/" + name + ".json";
    try (InputStream in = Cases.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("No test policy " + path);
      }
      return accounts(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
