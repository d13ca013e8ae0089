package rediscover.local.application;

import java.util.Locale;
import rediscover.local.http.RunKey;

/**
 * The keys of a role's session, as Lambda gives them to a function. They are good for the embedded
 * run only, which finds the caller by them.
 */
public record SessionKey(String accessKeyId, String secretAccessKey, String token) {

  /** The developer's keys, with which the run allows everything. */
  public static final SessionKey DEVELOPER = new SessionKey("developer", "developer", "none");

  /** New keys. */
  public static SessionKey create() {
    String id = RunKey.random().substring(16).toUpperCase(Locale.ROOT);
    return new SessionKey("ASIA" + id, RunKey.random(), RunKey.random());
  }

  /** The Authorization header of a request by these keys; nothing here verifies signatures. */
  public String authorization(String region, String service) {
    return "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
        .formatted(accessKeyId, region, service);
  }
}
