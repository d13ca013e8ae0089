package rediscover.permissions.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Casts the values of an untyped tree, and refuses a value of another type by its place. */
final class Tree {

  private Tree() {}

  static Map<String, Object> map(Object value, Place place) {
    if (!(value instanceof Map<?, ?>)) {
      throw place.refuse("must be a map");
    }
    @SuppressWarnings("unchecked") // YamlTree and Resolver create only such maps.
    Map<String, Object> map = (Map<String, Object>) value;
    return map;
  }

  static List<Object> list(Object value, Place place) {
    if (!(value instanceof List<?>)) {
      throw place.refuse("must be a list");
    }
    @SuppressWarnings("unchecked") // YamlTree and Resolver create only such lists.
    List<Object> list = (List<Object>) value;
    return list;
  }

  static String string(Object value, Place place) {
    if (!(value instanceof String string)) {
      throw place.refuse("must be a string");
    }
    return string;
  }

  /** The map under a key, or an empty one. */
  static Map<String, Object> section(Map<String, Object> parent, String key, Place place) {
    return map(parent.getOrDefault(key, Map.of()), place.child(key));
  }

  static void allowKeys(Map<String, Object> map, Set<String> known, Place place) {
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw place.child(key).refuse("is not supported");
      }
    }
  }
}
