package rediscover.permissions.template;

import java.util.Optional;

/**
 * A resource of a template, everything in it resolved.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::SQS::Queue}
 * @param properties with the globals merged in
 * @param physicalId what it is called where it is deployed, for the types whose names are known
 */
public record Resource(
    String logicalId, String type, Properties properties, Optional<PhysicalId> physicalId) {

  /**
   * What {@code Ref} gives: a name, a queue's URL, a topic's ARN.
   *
   * @throws TemplateException if the names of this type are not known
   */
  public String ref() {
    return named().ref();
  }

  /**
   * The resource's ARN.
   *
   * @throws TemplateException if the names of this type are not known or it has no ARN
   */
  public String arn() {
    String arn = named().arn();
    if (arn.isEmpty()) {
      throw properties.refuse("a resource of type " + type + " has no ARN");
    }
    return arn;
  }

  private PhysicalId named() {
    return physicalId.orElseThrow(
        () -> properties.refuse("the names of a resource of type " + type + " are not known"));
  }
}
