package rediscover.permissions.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals</a>
 * of a SAM template. As in SAM, a resource merges maps, appends to lists and overrides everything
 * else.
 */
final class Globals {

  private static final Set<String> SECTIONS = Set.of("Function", "HttpApi");

  private final Map<String, Object> sections;
  private final Place place;

  Globals(Map<String, Object> sections, Place place) {
    place.allowKeys(sections, SECTIONS);
    this.sections = sections;
    this.place = place;
  }

  Map<String, Object> mergeInto(String type, Map<String, Object> properties) {
    String prefix = "AWS::Serverless::";
    if (!type.startsWith(prefix)) {
      return properties;
    }
    return mergeMaps(place.section(sections, type.substring(prefix.length())), properties);
  }

  private static Object merge(Object global, Object own) {
    if (Resolver.isFunction(global) || Resolver.isFunction(own)) {
      return own;
    }
    if (global instanceof Map<?, ?> globalMap && own instanceof Map<?, ?> ownMap) {
      return mergeMaps(globalMap, ownMap);
    }
    if (global instanceof List<?> globalList && own instanceof List<?> ownList) {
      List<Object> joined = new ArrayList<>(globalList);
      joined.addAll(ownList);
      return joined;
    }
    return own;
  }

  private static Map<String, Object> mergeMaps(Map<?, ?> global, Map<?, ?> own) {
    @SuppressWarnings("unchecked") // YamlTree creates only such maps.
    Map<String, Object> merged = YamlMap.insteadOf((Map<String, Object>) own);
    global.forEach((key, value) -> merged.put((String) key, value));
    own.forEach((key, value) -> merged.merge((String) key, value, Globals::merge));
    // The only list that SAM overrides.
    if (own.containsKey("Architectures")) {
      merged.put("Architectures", own.get("Architectures"));
    }
    return merged;
  }
}
