package rediscover.permissions.policy;

/** A part of a document that knows where it stands, so that a refusal can say so. */
public interface Located {

  /** The file and the line, such as {@code template.yaml:412}. */
  String location();
}
