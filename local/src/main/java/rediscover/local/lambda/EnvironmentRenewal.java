package rediscover.local.lambda;

import java.util.Map;
import java.util.Set;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.AccessEvent;

/**
 * Renews a function's environments when one of its statements is switched. Otherwise values that an
 * environment has cached, such as a parameter, would hide the switch.
 *
 * @param functions by ARN
 */
public record EnvironmentRenewal(AccessControl access, Map<String, LambdaFunction> functions)
    implements AccessControl.Listener {

  @Override
  public void decided(AccessEvent event) {}

  @Override
  public void switched(String id, Set<String> off) {
    access.functionsOf(id).forEach(arn -> functions.get(arn).renewEnvironments());
  }
}
