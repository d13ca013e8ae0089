package rediscover.permissions.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of a template. Each is evaluated on first use. */
final class Conditions {

  private final Map<String, Object> declared;
  private final Resolver resolver;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Set<String> inProgress = new HashSet<>();

  Conditions(Map<String, Object> declared, Resolver resolver) {
    this.declared = declared;
    this.resolver = resolver;
  }

  boolean holds(String name, Place place) {
    Boolean before = known.get(name);
    if (before != null) {
      return before;
    }
    if (!declared.containsKey(name)) {
      throw place.refuse("condition " + name + " is not declared");
    }
    if (!inProgress.add(name)) {
      throw place.refuse("condition " + name + " refers to itself");
    }
    Place at = Place.top(place.file()).child("Conditions").child(name);
    boolean holds = evaluate(declared.get(name), at);
    inProgress.remove(name);
    known.put(name, holds);
    return holds;
  }

  private boolean evaluate(Object expression, Place place) {
    if (!Resolver.isFunction(expression)) {
      throw place.refuse("must be a condition function");
    }
    Map.Entry<String, Object> call = place.map(expression).entrySet().iterator().next();
    Place at = place.child(call.getKey());
    return switch (call.getKey()) {
      case "Condition" -> holds(at.string(call.getValue()), at);
      case "Fn::Equals" -> {
        List<Object> sides = Resolver.arguments(call.getValue(), 2, 2, at);
        yield resolver.resolve(sides.get(0), at).equals(resolver.resolve(sides.get(1), at));
      }
      case "Fn::Not" -> !evaluate(Resolver.arguments(call.getValue(), 1, 1, at).getFirst(), at);
      case "Fn::And" ->
          Resolver.arguments(call.getValue(), 2, 10, at).stream().allMatch(e -> evaluate(e, at));
      case "Fn::Or" ->
          Resolver.arguments(call.getValue(), 2, 10, at).stream().anyMatch(e -> evaluate(e, at));
      default -> throw place.refuse("condition function " + call.getKey() + " is not supported");
    };
  }
}
