package rediscover.permissions;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the roles of templates/developer-access.yaml are expected to be able to do with functions,
 * by the tags of both. {@link DeveloperAccessTest} holds it against the template, {@link
 * DeveloperAccessPage} writes it into the documentation.
 */
final class DeveloperAccessTable {

  /** A session in one of the roles. */
  enum Person {
    FALCON_DEVELOPER("falcon developer", "FalconDeveloperRole"),
    EAGLE_DEVELOPER("eagle developer", "EagleDeveloperRole"),
    MANAGER("manager", "ManagerRole"),
    /** A developer's role whose tag has been taken away. */
    UNTAGGED("untagged developer", "FalconDeveloperRole");

    final String title;
    final String role;

    Person(String title, String role) {
      this.title = title;
      this.role = role;
    }
  }

  /** A function that is there before the request. */
  enum Function {
    FALCON("project-name=falcon organization=birds cost-center=it"),
    EAGLE("project-name=eagle organization=birds cost-center=it"),
    UNTAGGED("-"),
    /** Project Eagle's after the move to another organization. */
    MOVED("project-name=eagle organization=fish cost-center=it"),
    /** As a developer creates it. */
    CREATED("project-name=falcon");

    final Map<String, String> tags;

    Function(String tags) {
      this.tags = DeveloperAccessTable.tags(tags);
    }
  }

  /**
   * A request, and what comes of it for each {@link Person}.
   *
   * @param action of Lambda
   * @param tags that the request gives, or takes away
   * @param on the name of a {@link Function}, "new" for one that is being created, "-" for none
   * @param allowed one answer a person
   */
  record Row(String action, String tags, String on, List<Boolean> allowed) {}

  private static final String ROWS =
      """
      CreateFunction     | project-name=falcon                    | new      | yes | no  | no  | no
      CreateFunction     | project-name=eagle                     | new      | no  | yes | no  | no
      CreateFunction     | -                                      | new      | no  | no  | no  | no
      CreateFunction     | organization=birds                     | new      | no  | no  | no  | no
      CreateFunction     | project-name=falcon organization=birds | new      | no  | no  | no  | no
      UpdateFunctionCode | -                                      | falcon   | yes | no  | no  | no
      UpdateFunctionCode | -                                      | eagle    | no  | yes | no  | no
      UpdateFunctionCode | -                                      | untagged | no  | no  | no  | no
      InvokeFunction     | -                                      | falcon   | yes | no  | no  | no
      InvokeFunction     | -                                      | eagle    | no  | yes | no  | no
      InvokeFunction     | -                                      | untagged | no  | no  | no  | no
      TagResource        | project-name=falcon                    | falcon   | yes | no  | no  | no
      TagResource        | project-name=falcon                    | eagle    | no  | no  | no  | no
      TagResource        | project-name=falcon                    | untagged | no  | no  | no  | no
      TagResource        | project-name=eagle                     | falcon   | no  | no  | no  | no
      TagResource        | project-name=eagle                     | eagle    | no  | yes | no  | no
      TagResource        | project-name=eagle                     | untagged | no  | no  | no  | no
      TagResource        | organization=fish                      | falcon   | no  | no  | no  | no
      UntagResource      | project-name                           | falcon   | no  | no  | no  | no
      UntagResource      | project-name                           | eagle    | no  | no  | no  | no
      UntagResource      | project-name                           | untagged | no  | no  | no  | no
      DeleteFunction     | -                                      | falcon   | yes | no  | no  | no
      DeleteFunction     | -                                      | eagle    | no  | yes | no  | no
      DeleteFunction     | -                                      | untagged | no  | no  | no  | no
      ListFunctions      | -                                      | -        | yes | yes | no  | yes
      GetFunction        | -                                      | falcon   | yes | no  | yes | no
      GetFunction        | -                                      | eagle    | no  | yes | yes | no
      GetFunction        | -                                      | untagged | no  | no  | no  | no
      GetFunction        | -                                      | moved    | no  | yes | no  | no
      GetFunction        | -                                      | created  | yes | no  | no  | no
      """;

  private DeveloperAccessTable() {}

  static List<Row> rows() {
    return ROWS.lines().map(DeveloperAccessTable::row).toList();
  }

  /** Reads {@code key=value key=value}; a key alone has no value, "-" is no tag. */
  static Map<String, String> tags(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (!text.equals("-")) {
      for (String tag : text.split(" ")) {
        String[] keyAndValue = tag.split("=", 2);
        tags.put(keyAndValue[0], keyAndValue.length == 2 ? keyAndValue[1] : "");
      }
    }
    return tags;
  }

  private static Row row(String line) {
    String[] cells = line.split(" *\\| *");
    List<Boolean> allowed =
        Arrays.stream(cells, 3, cells.length).map(cell -> cell.equals("yes")).toList();
    return new Row(cells[0], cells[1], cells[2], allowed);
  }
}
