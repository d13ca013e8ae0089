package rediscover.permissions.map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rediscover.permissions.Deployer;
import rediscover.permissions.Permissions;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

/**
 * A request along an arrow, with the statements it needs.
 *
 * @param action the request's action
 * @param needs by statement id; if several are missing, the first gives the reason. Empty if no
 *     statement on the map decides the request.
 */
record Use(@JsonIgnore Request request, String action, Map<String, Need> needs) {

  /**
   * Why the request is denied without a statement.
   *
   * @param missing AWS's reason
   * @param account the account whose policy must allow the request
   */
  record Need(String missing, String account) {}

  static Use of(Request request, Permissions permissions) {
    Map<String, Need> needs = new LinkedHashMap<>();
    if (permissions.decide(request) instanceof Decision.Allowed(List<Statement> by)) {
      for (Statement statement : by) {
        if (!Deployer.owns(statement)) {
          needs.put(statement.id(), need(statement, request, permissions));
        }
      }
    }
    return new Use(request, request.action(), needs);
  }

  private static Need need(Statement statement, Request request, Permissions permissions) {
    Decision without = permissions.without(statement.id()).decide(request);
    if (without.isAllowed()) {
      throw new IllegalStateException("Another statement allows it too: " + request);
    }
    return new Need(without.reason(request), request.decidingAccount(statement.type()));
  }
}
