package rediscover.permissions.policy;

/** A part of a document that knows its place, for messages. */
public interface Located {

  /** The file and the line, such as {@code template.yaml:412}. */
  String location();
}
