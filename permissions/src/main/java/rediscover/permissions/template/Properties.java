package rediscover.permissions.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A resource's properties. They record which of them were read, so that {@link #refuseUnread} can
 * refuse the others: a reader must not ignore a property that AWS obeys.
 *
 * <p>Every method throws {@link TemplateException} with the property's place if the value has
 * another type. A missing map or list is empty. Not thread-safe.
 */
public final class Properties {

  private final Map<String, Object> values;
  private final Place place;
  private final Set<String> read = new HashSet<>();
  private final Map<String, Properties> objects = new TreeMap<>();
  private final Map<String, List<Properties>> objectLists = new TreeMap<>();

  Properties(Map<String, Object> values, Place place) {
    this.values = values;
    this.place = place;
  }

  /** The names of all properties, in file order. This does not read them. */
  public Set<String> names() {
    return values.keySet();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A required string. */
  public String string(String name) {
    return optional(name).orElseThrow(() -> refuse(name, "is missing"));
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(raw(name)).map(value -> place.child(name).string(value));
  }

  public int integer(String name, int otherwise) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw refuse(name, "must be a whole number");
    }
  }

  /** A nested object, which {@link #refuseUnread} covers as well. */
  public Properties object(String name) {
    Object value = values.getOrDefault(name, Map.of());
    return objects.computeIfAbsent(
        name, key -> new Properties(place.child(key).map(value), place.child(key)));
  }

  /** A list of nested objects, which {@link #refuseUnread} covers as well. */
  public List<Properties> objects(String name) {
    return objectLists.computeIfAbsent(name, this::readObjects);
  }

  /** A list of strings. As in IAM and SAM, a single string is a list of one. */
  public List<String> strings(String name) {
    Object value = raw(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof String single) {
      return List.of(single);
    }
    Place at = place.child(name);
    return at.list(value).stream().map(item -> at.string(item)).toList();
  }

  /** A map of strings, such as tags or environment variables, in file order. */
  public Map<String, String> stringMap(String name) {
    Map<String, String> strings = new LinkedHashMap<>();
    Object value = raw(name);
    if (value != null) {
      Place at = place.child(name);
      at.map(value).forEach((key, item) -> strings.put(key, at.child(key).string(item)));
    }
    return strings;
  }

  /** The value as maps, lists and strings; null if it is missing. */
  public Object raw(String name) {
    read.add(name);
    return values.get(name);
  }

  /** A map made of these properties, such as AWS's statement for a permission, in their place. */
  public Map<String, Object> derived(Map<String, Object> entries) {
    Map<String, Object> derived = YamlMap.insteadOf(values);
    derived.putAll(entries);
    return derived;
  }

  /** Marks properties as read that do not matter to the reader. */
  public void ignore(String... names) {
    read.addAll(List.of(names));
  }

  /**
   * Refuses the properties that were not read, also those of nested objects.
   *
   * @throws TemplateException naming each of them
   */
  public void refuseUnread() {
    List<String> unread = new ArrayList<>();
    collectUnread(unread);
    if (!unread.isEmpty()) {
      throw new TemplateException(place.file() + ": not supported: " + String.join(", ", unread));
    }
  }

  /** A refusal of these properties, for the reader to throw. */
  public TemplateException refuse(String why) {
    return place.refuse(why);
  }

  /** A refusal of one property. */
  public TemplateException refuse(String name, String why) {
    return place.child(name).refuse(why);
  }

  private List<Properties> readObjects(String name) {
    Place at = place.child(name);
    List<Properties> items = new ArrayList<>();
    for (Object item : at.list(values.getOrDefault(name, List.of()))) {
      Place itemAt = at.item(items.size());
      items.add(new Properties(itemAt.map(item), itemAt));
    }
    return items;
  }

  private void collectUnread(List<String> unread) {
    for (String name : values.keySet()) {
      if (read.contains(name)) {
        continue;
      }
      if (objects.containsKey(name)) {
        objects.get(name).collectUnread(unread);
      } else if (objectLists.containsKey(name)) {
        objectLists.get(name).forEach(item -> item.collectUnread(unread));
      } else {
        unread.add(place.child(name).path());
      }
    }
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
