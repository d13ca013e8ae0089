package rediscover.local.lambda;

import java.util.Map;
import java.util.Set;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.AccessEvent;

/**
 * Gives a function new environments when one of its statements is switched, so that what an old one
 * has read and kept, such as a parameter, hides nothing.
 */
public final class EnvironmentRenewal implements AccessControl.Listener {

  private final AccessControl access;
  private final Map<String, LambdaFunction> functions;

  /**
   * @param functions by ARN
   */
  public EnvironmentRenewal(AccessControl access, Map<String, LambdaFunction> functions) {
    this.access = access;
    this.functions = functions;
  }

  @Override
  public void decided(AccessEvent event) {}

  @Override
  public void switched(String id, Set<String> off) {
    access.functionsOf(id).forEach(arn -> functions.get(arn).renewEnvironments());
  }
}
