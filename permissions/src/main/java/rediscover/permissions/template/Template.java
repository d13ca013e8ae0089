package rediscover.permissions.template;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A SAM or CloudFormation template as CloudFormation would deploy it, with parameters, conditions,
 * globals and functions evaluated. Everything that is not supported is refused by name.
 */
public final class Template {

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Rules",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE_KEYS =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");
  private static final Set<String> OUTPUT_KEYS =
      Set.of("Value", "Description", "Condition", "Export");
  private static final String SAM = "AWS::Serverless-2016-10-31";

  private final Map<String, String> parameters;
  private final Map<String, Resource> resources;
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Map<String, String> exports = new LinkedHashMap<>();
  private final Place place;

  private Template(
      Map<String, Object> root,
      Deployment deployment,
      Map<String, String> given,
      Map<String, String> imports,
      Place place) {
    place.allowKeys(root, SECTIONS);
    if (!root.getOrDefault("Transform", SAM).equals(SAM)) {
      throw place.child("Transform").refuse("only " + SAM + " is supported");
    }
    Map<String, String> parameters =
        Parameters.read(place.section(root, "Parameters"), given, place.child("Parameters"));
    Map<String, Map<String, Object>> declared = declaredResources(root, place);
    PhysicalIds ids = new PhysicalIds(declared, deployment);
    Resolver resolver =
        new Resolver(parameters, place.section(root, "Conditions"), deployment, ids, imports);
    this.place = place;
    this.parameters = parameters;
    this.resources = resources(declared, resolver, ids, place.child("Resources"));
    readOutputs(place.section(root, "Outputs"), resolver, place.child("Outputs"));
  }

  /**
   * Reads a template that imports nothing.
   *
   * @throws TemplateException if something in it is wrong or not supported
   */
  public static Template read(Path file, Deployment deployment, Map<String, String> parameters) {
    return read(file, deployment, parameters, Map.of());
  }

  /**
   * Reads a template that imports values of another stack.
   *
   * @param file the template, in YAML or JSON
   * @param deployment where it is deployed
   * @param parameters values for its parameters; the others keep their defaults
   * @param imports what the other stack {@linkplain #exports() exports}
   * @throws TemplateException if something in it is wrong or not supported
   */
  public static Template read(
      Path file,
      Deployment deployment,
      Map<String, String> parameters,
      Map<String, String> imports) {
    Place place = Place.top(file.getFileName().toString());
    return new Template(place.map(YamlTree.read(file)), deployment, parameters, imports, place);
  }

  /** The resources that are created, by logical id, in file order. */
  public Map<String, Resource> resources() {
    return resources;
  }

  public Stream<Resource> ofType(String type) {
    return resources.values().stream().filter(resource -> resource.type().equals(type));
  }

  /**
   * The resource of that logical id.
   *
   * @throws TemplateException if it does not exist, or its condition excludes it
   */
  public Resource resource(String logicalId) {
    Resource resource = resources.get(logicalId);
    if (resource == null) {
      throw place.child("Resources").refuse("resource " + logicalId + " does not exist");
    }
    return resource;
  }

  /** The values of the outputs whose condition holds. */
  public Map<String, String> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** The values that other stacks of the account and region can import, by the export's name. */
  public Map<String, String> exports() {
    return Collections.unmodifiableMap(exports);
  }

  /** The value of every parameter as text. */
  public Map<String, String> parameters() {
    return parameters;
  }

  private static Map<String, Map<String, Object>> declaredResources(
      Map<String, Object> root, Place place) {
    Globals globals = new Globals(place.section(root, "Globals"), place.child("Globals"));
    Place at = place.child("Resources");
    Map<String, Map<String, Object>> declared = new LinkedHashMap<>();
    place
        .section(root, "Resources")
        .forEach(
            (logicalId, value) -> {
              Place here = at.child(logicalId);
              Map<String, Object> resource = new LinkedHashMap<>(here.map(value));
              here.allowKeys(resource, RESOURCE_KEYS);
              if (!(resource.get("Type") instanceof String type)) {
                throw here.child("Type").refuse("is missing");
              }
              Map<String, Object> own = here.section(resource, "Properties");
              resource.put("Properties", globals.mergeInto(type, own));
              declared.put(logicalId, resource);
            });
    return declared;
  }

  private static Map<String, Resource> resources(
      Map<String, Map<String, Object>> declared, Resolver resolver, PhysicalIds ids, Place place) {
    Map<String, Resource> resources = new LinkedHashMap<>();
    declared.forEach(
        (logicalId, resource) -> {
          Place at = place.child(logicalId);
          if (!holds(resource, resolver, at)) {
            return;
          }
          Place propertiesAt = at.child("Properties");
          Object properties = resolver.resolve(resource.get("Properties"), propertiesAt);
          resources.put(
              logicalId,
              new Resource(
                  logicalId,
                  (String) resource.get("Type"),
                  new Properties(propertiesAt.map(properties), propertiesAt),
                  ids.find(logicalId, resolver, at)));
        });
    return Collections.unmodifiableMap(resources);
  }

  private void readOutputs(Map<String, Object> declared, Resolver resolver, Place place) {
    declared.forEach(
        (name, declaration) -> {
          Place at = place.child(name);
          Map<String, Object> output = at.map(declaration);
          at.allowKeys(output, OUTPUT_KEYS);
          if (!holds(output, resolver, at)) {
            return;
          }
          String value = resolver.resolveString(output.get("Value"), at.child("Value"));
          outputs.put(name, value);
          if (output.containsKey("Export")) {
            Object export = at.section(output, "Export").get("Name");
            exports.put(resolver.resolveString(export, at.child("Export").child("Name")), value);
          }
        });
  }

  private static boolean holds(Map<String, Object> declaration, Resolver resolver, Place place) {
    Object condition = declaration.get("Condition");
    Place at = place.child("Condition");
    return condition == null || resolver.holds(at.string(condition), at);
  }
}
