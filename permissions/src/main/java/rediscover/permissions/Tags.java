package rediscover.permissions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import rediscover.permissions.template.Properties;

/** Reads the tags of a resource from a list or a map. */
final class Tags {

  private Tags() {}

  /**
   * Reads the property Tags. Empty values and keys that differ only in case are refused: AWS does
   * not document how policies compare them.
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
            throw properties.refuse("Tags", key + " is empty: empty values are not supported");
          }
          if (byKey.put(key, value) != null) {
            throw properties.refuse("Tags", key + " differs from another key only in case");
          }
        });
    return Collections.unmodifiableMap(tags);
  }
}
