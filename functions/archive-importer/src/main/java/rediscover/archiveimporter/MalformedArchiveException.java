package rediscover.archiveimporter;

/**
 * A file is not the like.js of an X archive, or not all of it is. It says what is wrong and near
 * which of the file's entries, counted from 1, but never quotes the file.
 */
final class MalformedArchiveException extends RuntimeException {
  MalformedArchiveException(String reason) {
    super(reason);
  }
}
