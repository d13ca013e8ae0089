package rediscover.local.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * In the place of DynamoDB Local, whose class path is not here: says more than a pipe holds, and
 * leaves a file when it has said it.
 */
public final class DynamoDbLocal {

  private DynamoDbLocal() {}

  public static void main(String[] arguments) throws IOException {
    System.err.println("before");
    System.out.println("port 1");
    for (int i = 0; i < 10_000; i++) {
      System.err.println("line " + i + " of 10,000");
    }
    Files.createFile(Path.of(arguments[0]).resolve("said"));
    System.in.read();
  }
}
