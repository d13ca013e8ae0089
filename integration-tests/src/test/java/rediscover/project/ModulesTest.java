package rediscover.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The drawing of the modules in docs/architecture.md shows the dependencies of the poms. */
class ModulesTest {
  private static final Path ROOT = Path.of("..");

  /** The functions' parent: its dependencies are theirs. */
  private static final String PARENT = "functions";

  /** As Mermaid writes an arrow: solid for the class path, dotted for a process that is started. */
  private static final Pattern ARROW =
      Pattern.compile("^ +([a-z-]+) (-->|-\\.->) ([a-z-]+)$", Pattern.MULTILINE);

  private record Arrow(String from, String kind, String to) {
    @Override
    public String toString() {
      return from + " " + kind + " " + to;
    }
  }

  @Test
  void theDrawingShowsEveryDependency() throws Exception {
    assertThat(drawn()).containsExactlyInAnyOrderElementsOf(dependencies());
  }

  @Test
  void noArrowLeadsBack() throws Exception {
    Set<Arrow> left = new HashSet<>(drawn());
    while (!left.isEmpty()) {
      Set<String> targets = new TreeSet<>(left.stream().map(Arrow::to).toList());
      assertThat(left).as("a cycle").anyMatch(arrow -> !targets.contains(arrow.from()));
      left.removeIf(arrow -> !targets.contains(arrow.from()));
    }
  }

  private static List<Arrow> drawn() throws IOException {
    return ARROW
        .matcher(Files.readString(ROOT.resolve("docs/architecture.md")))
        .results()
        .map((MatchResult found) -> new Arrow(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  private static Set<Arrow> dependencies() throws Exception {
    Set<Arrow> arrows = new HashSet<>();
    Document root = pom(ROOT);
    for (String module : texts(root.getDocumentElement(), "module").toList()) {
      Element project = pom(ROOT.resolve(module)).getDocumentElement();
      String name = childText(project, "artifactId");
      if (name.equals(PARENT)) {
        continue;
      }
      Stream.concat(
              elements(project, "dependency"),
              childText(child(project, "parent"), "artifactId").equals(PARENT)
                  ? elements(pom(ROOT.resolve(PARENT)).getDocumentElement(), "dependency")
                  : Stream.empty())
          .filter(dependency -> childText(dependency, "groupId").equals("rediscover"))
          .map(
              dependency ->
                  new Arrow(
                      name,
                      childText(dependency, "type").equals("pom") ? "-.->" : "-->",
                      childText(dependency, "artifactId")))
          .forEach(arrows::add);
    }
    return arrows;
  }

  private static Document pom(Path folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("pom.xml").toFile());
  }

  private static Stream<String> texts(Element parent, String name) {
    return elements(parent, name).map(Element::getTextContent);
  }

  private static Stream<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static Element child(Element parent, String name) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return parent.getOwnerDocument().createElement(name);
  }

  private static String childText(Element parent, String name) {
    return child(parent, name).getTextContent();
  }
}
