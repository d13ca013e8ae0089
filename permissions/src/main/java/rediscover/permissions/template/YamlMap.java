package rediscover.permissions.template;

import java.util.LinkedHashMap;
import java.util.Map;
import rediscover.permissions.policy.Located;

/** A map of a template that knows the line it begins in. */
final class YamlMap extends LinkedHashMap<String, Object> implements Located {

  private static final long serialVersionUID = 1;

  private final String location;

  YamlMap(String location) {
    this.location = location;
  }

  /** An empty map that stands where another one does, if that is known. */
  static Map<String, Object> insteadOf(Map<String, Object> other) {
    return other instanceof Located place ? new YamlMap(place.location()) : new LinkedHashMap<>();
  }

  @Override
  public String location() {
    return location;
  }
}
