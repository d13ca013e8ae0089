package rediscover.permissions.map;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import rediscover.permissions.Deployer;
import rediscover.permissions.Permissions;
import rediscover.permissions.map.PermissionMap.FunctionNode;
import rediscover.permissions.map.PermissionMap.WrittenStatement;
import rediscover.permissions.policy.Request;
import rediscover.permissions.template.Template;

/**
 * Draws the map of templates that work together.
 *
 * @param permissions the templates' and the deployer's
 * @param account the functions' account
 */
record Drawing(List<Template> templates, Permissions permissions, String account) {

  /**
   * Draws the map.
   *
   * @param onlyWith the parameter that creates a function, by the function's logical id
   * @param experiments what lessons show beside it
   */
  static PermissionMap of(
      List<Template> templates, Map<String, String> onlyWith, Map<String, Experiment> experiments) {
    Permissions stated =
        templates.stream().map(Permissions::of).reduce(Permissions::and).orElseThrow();
    String account = stated.functions().getFirst().account();
    Drawing drawing = new Drawing(templates, Deployer.in(account, stated), account);
    List<FunctionNode> functions =
        stated.functions().stream()
            .map(function -> new FunctionDrawing(drawing, function).node(onlyWith))
            .toList();
    SortedMap<String, WrittenStatement> statements = new TreeMap<>();
    stated
        .statements()
        .forEach(statement -> statements.put(statement.id(), WrittenStatement.of(statement)));
    return new PermissionMap(
        functions, new ResourceDrawing(drawing).nodes(), statements, experiments);
  }

  Target target(String arn) {
    return Target.of(arn, templates, account);
  }

  Use use(Request request) {
    return Use.of(request, permissions);
  }
}
