package rediscover.permissions.map;

import java.util.List;
import rediscover.permissions.Permissions;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

/**
 * A statement that a request needs, and why the request is denied without it.
 *
 * @param statement the statement
 * @param missing what AWS says when it is missing
 * @param account whose policy the statement is missing in
 */
record Need(Statement statement, String missing, String account) {

  /**
   * A request that is made along an arrow.
   *
   * @param needs the statements without which it is denied; of several that are missing, the first
   *     gives the reason. None if nothing on the map decides about it.
   */
  record Use(Request request, List<Need> needs) {

    static Use of(Request request, Permissions permissions) {
      if (!(permissions.decide(request) instanceof Decision.Allowed(List<Statement> by))) {
        return new Use(request, List.of());
      }
      return new Use(
          request,
          by.stream()
              .filter(statement -> !statement.id().startsWith(Deployer.NAME + "/"))
              .map(
                  statement ->
                      new Need(
                          statement,
                          reason(request, permissions.without(statement.id())),
                          request.decidingAccount(statement.type())))
              .toList());
    }
  }

  /**
   * The part of AWS's sentence that says why a request is denied.
   *
   * @throws IllegalStateException if it is allowed
   */
  private static String reason(Request request, Permissions permissions) {
    Decision decision = permissions.decide(request);
    if (decision.isAllowed()) {
      throw new IllegalStateException("No statement of its own is needed: " + request);
    }
    return decision.reason(request);
  }
}
