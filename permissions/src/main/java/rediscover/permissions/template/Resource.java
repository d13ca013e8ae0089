package rediscover.permissions.template;

import java.util.Optional;

/**
 * A resource of a template, with all functions evaluated.
 *
 * @param type such as {@code AWS::SQS::Queue}
 * @param properties including the globals
 * @param physicalId empty for types that are not supported
 */
public record Resource(
    String logicalId, String type, Properties properties, Optional<PhysicalId> physicalId) {

  /**
   * The value of {@code Ref}: a name, a queue's URL, a topic's ARN.
   *
   * @throws TemplateException if the type is not supported
   */
  public String ref() {
    return named().ref();
  }

  /**
   * The resource's ARN.
   *
   * @throws TemplateException if the type is not supported or has no ARN
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
        () -> properties.refuse("Ref and GetAtt are not supported for type " + type));
  }
}
