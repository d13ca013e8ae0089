package rediscover.permissions;

import java.util.Locale;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/**
 * The route of a function's HttpApi event.
 *
 * @param apiArn the API's ARN
 * @param method in capitals, or {@code ANY}
 * @param path such as <code>/u/{name}</code>
 */
record SamRoute(String apiArn, String method, String path) {

  static SamRoute of(Properties event, Template template) {
    String apiId = event.string("ApiId");
    Resource api =
        template
            .ofType("AWS::Serverless::HttpApi")
            .filter(candidate -> candidate.ref().equals(apiId))
            .findFirst()
            .orElseThrow(() -> event.refuse("ApiId", "is not an HttpApi of this template"));
    String path = event.string("Path");
    if (!path.startsWith("/") || path.equals("/$default")) {
      throw event.refuse("Path", "path " + path + " is not supported");
    }
    return new SamRoute(api.arn(), event.string("Method").toUpperCase(Locale.ROOT), path);
  }

  /** The SourceArn of SAM's permission: any stage, and a wildcard for each path variable. */
  String arn() {
    String anyMethod = method.equals("ANY") ? "*" : method;
    String anyPath = path.replaceAll("(.)/$", "$1").replaceAll("\\{[A-Za-z0-9._+-]+}", "*");
    return apiArn + "/*/" + anyMethod + anyPath;
  }
}
