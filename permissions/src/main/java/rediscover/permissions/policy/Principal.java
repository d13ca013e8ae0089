package rediscover.permissions.policy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who makes a request. */
public sealed interface Principal {

  /** Its name in AWS's messages. */
  String name();

  /**
   * The session of a role, such as a function's execution role.
   *
   * @param sessionName its name; Lambda uses the function's name
   * @param tags the tags of the role and the session
   */
  record RoleSession(String roleArn, String sessionName, Map<String, String> tags)
      implements Principal {

    private static final Pattern ROLE_ARN =
        Pattern.compile("arn:([a-z-]+):iam::([0-9]{12}):role/(?:[^:]*/)?([^:/]+)");

    public RoleSession {
      if (!ROLE_ARN.matcher(roleArn).matches()) {
        throw new IllegalArgumentException("Not the ARN of a role: " + roleArn);
      }
      tags = Map.copyOf(tags);
    }

    public String account() {
      return parts().group(2);
    }

    /** The ARN of the session. It has the role's name without its path. */
    public String sessionArn() {
      Matcher parts = parts();
      return "arn:%s:sts::%s:assumed-role/%s/%s"
          .formatted(parts.group(1), parts.group(2), parts.group(3), sessionName);
    }

    @Override
    public String name() {
      return sessionArn();
    }

    private Matcher parts() {
      Matcher matcher = ROLE_ARN.matcher(roleArn);
      matcher.matches();
      return matcher;
    }
  }

  /**
   * An AWS service.
   *
   * @param name such as {@code sns.amazonaws.com}
   */
  record Service(String name) implements Principal {}
}
