package rediscover.permissions.template;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML, and so JSON, into maps, lists and strings. Every scalar stays text, because
 * CloudFormation treats {@code 30} and {@code "30"} alike. Short functions such as {@code !Ref}
 * become their long forms.
 */
final class YamlTree {

  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.SEQ, Tag.MAP);

  private YamlTree() {}

  static Object read(Path file) {
    String name = file.getFileName().toString();
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            // CloudFormation does not support aliases. They could make the tree endless.
            .setMaxAliasesForCollections(0)
            .build();
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root =
          new Compose(settings)
              .composeReader(reader)
              .orElseThrow(() -> new TemplateException(name + ": is empty"));
      return value(root, Place.top(name));
    } catch (YamlEngineException e) {
      throw new TemplateException(name + ": is not valid YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(Node node, Place place) {
    Object plain =
        switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode sequence -> list(sequence, place);
          case MappingNode mapping -> map(mapping, place);
          default -> throw place.refuse("node " + node.getNodeType() + " is not supported");
        };
    Tag tag = node.getTag();
    if (PLAIN.contains(tag)) {
      return plain;
    }
    if (tag.equals(Tag.NULL)) {
      throw place.refuse("null values are not allowed");
    }
    if (!tag.getValue().matches("![A-Za-z0-9]+")) {
      throw place.refuse("tag " + tag.getValue() + " is not supported");
    }
    String function = tag.getValue().substring(1);
    return Map.of(function.equals("Ref") ? function : "Fn::" + function, plain);
  }

  private static List<Object> list(SequenceNode sequence, Place place) {
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(value(item, place.item(items.size())));
    }
    return items;
  }

  private static Map<String, Object> map(MappingNode mapping, Place place) {
    String line = mapping.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    Map<String, Object> entries = new YamlMap(place.file() + line);
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw place.refuse("a key must be a string");
      }
      Place child = place.child(key.getValue());
      if (entries.put(key.getValue(), value(tuple.getValueNode(), child)) != null) {
        throw child.refuse("is a duplicate key");
      }
    }
    return entries;
  }
}
