package rediscover.permissions.policy;

import java.util.List;

/**
 * The actions or the resources that a statement is about.
 *
 * @param inverted true for NotAction and NotResource: all but these
 * @param patterns at least one
 */
public record Targets(boolean inverted, List<PolicyText> patterns) {

  /** As they stand in the document. */
  public List<String> names() {
    return patterns.stream().map(PolicyText::toString).toList();
  }

  boolean include(String name, Request request) {
    return inverted != patterns.stream().anyMatch(pattern -> pattern.matches(name, request));
  }
}
