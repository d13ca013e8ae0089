package rediscover.permissions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import rediscover.permissions.template.Properties;

/** Reads the tags of a resource, as a list of keys and values or as a map of them. */
final class Tags {

  private Tags() {}

  /**
   * The property Tags. Values may not be empty, and keys not differ in case alone: AWS does not say
   * what a policy makes of either.
   */
  static Map<String, String> of(Properties properties) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (properties.raw("Tags") instanceof Map<?, ?>) {
      tags.putAll(properties.stringMap("Tags"));
    } else {
      for (Properties tag : properties.objects("Tags")) {
        tags.put(tag.string("Key"), tag.string("Value"));
      }
    }
    Map<String, String> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    tags.forEach(
        (key, value) -> {
          if (value.isEmpty()) {
            throw properties.refuse("Tags", key + " is empty, which is not supported");
          }
          if (byKey.put(key, value) != null) {
            throw properties.refuse("Tags", key + " stands there in another case as well");
          }
        });
    return Collections.unmodifiableMap(tags);
  }
}
