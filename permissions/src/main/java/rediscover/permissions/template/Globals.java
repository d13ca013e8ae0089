package rediscover.permissions.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The defaults of a SAM template, merged into a resource as SAM does it: maps are merged, lists
 * joined (the global part first), everything else is overridden. See <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals</a>.
 */
final class Globals {

  private static final Set<String> SECTIONS = Set.of("Function", "HttpApi");

  private final Map<String, Object> sections;
  private final Place place;

  Globals(Map<String, Object> sections, Place place) {
    Tree.allowKeys(sections, SECTIONS, place);
    this.sections = sections;
    this.place = place;
  }

  Map<String, Object> mergeInto(String type, Map<String, Object> properties) {
    String prefix = "AWS::Serverless::";
    if (!type.startsWith(prefix)) {
      return properties;
    }
    return mergeMaps(Tree.section(sections, type.substring(prefix.length()), place), properties);
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
    @SuppressWarnings("unchecked") // YamlTree makes no other maps.
    Map<String, Object> merged = YamlMap.insteadOf((Map<String, Object>) own);
    global.forEach((key, value) -> merged.put((String) key, value));
    own.forEach((key, value) -> merged.merge((String) key, value, Globals::merge));
    // The one list that SAM does not join.
    if (own.containsKey("Architectures")) {
      merged.put("Architectures", own.get("Architectures"));
    }
    return merged;
  }
}
