package rediscover.archiveimporter;

/**
 * A file, or a part of it, is not the like.js of an X archive. The message says what is wrong near
 * which entry, counted from 1, and never quotes the file.
 */
final class MalformedArchiveException extends RuntimeException {
  MalformedArchiveException(String reason) {
    super(reason);
  }
}
