package rediscover.permissions.template;

import java.util.LinkedHashMap;
import java.util.Map;
import rediscover.permissions.policy.Located;

/** A map of a template, with its file and line. */
final class YamlMap extends LinkedHashMap<String, Object> implements Located {

  private static final long serialVersionUID = 1;

  private final String location;

  YamlMap(String location) {
    this.location = location;
  }

  /** An empty map with the line of another one, if that has one. */
  static Map<String, Object> insteadOf(Map<String, Object> other) {
    return other instanceof Located place ? new YamlMap(place.location()) : new LinkedHashMap<>();
  }

  @Override
  public String location() {
    return location;
  }
}
