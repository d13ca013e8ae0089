package rediscover.permissions.policy;

import java.util.List;

/**
 * The actions or the resources of a statement.
 *
 * @param inverted whether it is NotAction or NotResource
 * @param patterns at least one
 */
public record Targets(boolean inverted, List<PolicyText> patterns) {

  /** The patterns as written in the document. */
  public List<String> names() {
    return patterns.stream().map(PolicyText::toString).toList();
  }

  boolean include(String name, Request request) {
    return inverted != patterns.stream().anyMatch(pattern -> pattern.matches(name, request));
  }
}
