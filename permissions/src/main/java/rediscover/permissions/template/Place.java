package rediscover.permissions.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place in a template, such as {@code Resources.LikesTable.Properties}. It casts the values found
 * there, and names itself when it refuses one.
 */
record Place(String file, String path) {

  static Place top(String file) {
    return new Place(file, "");
  }

  Place child(String name) {
    return new Place(file, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return new Place(file, path + "[" + index + "]");
  }

  TemplateException refuse(String why) {
    return new TemplateException(this + ": " + why);
  }

  Map<String, Object> map(Object value) {
    if (!(value instanceof Map<?, ?>)) {
      throw refuse("must be a map");
    }
    @SuppressWarnings("unchecked") // YamlTree and Resolver create only such maps.
    Map<String, Object> map = (Map<String, Object>) value;
    return map;
  }

  List<Object> list(Object value) {
    if (!(value instanceof List<?>)) {
      throw refuse("must be a list");
    }
    @SuppressWarnings("unchecked") // YamlTree and Resolver create only such lists.
    List<Object> list = (List<Object>) value;
    return list;
  }

  String string(Object value) {
    if (!(value instanceof String string)) {
      throw refuse("must be a string");
    }
    return string;
  }

  /** The map under a key, or an empty one. */
  Map<String, Object> section(Map<String, Object> parent, String key) {
    return child(key).map(parent.getOrDefault(key, Map.of()));
  }

  void allowKeys(Map<String, Object> map, Set<String> known) {
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw child(key).refuse("is not supported");
      }
    }
  }

  @Override
  public String toString() {
    return path.isEmpty() ? file : file + ": " + path;
  }
}
