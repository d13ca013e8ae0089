package rediscover.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of the embedded run.
 *
 * @param home the folder of template.yaml
 * @param data the folder that outlives a run
 * @param port of the site, the API and the AWS endpoint; 0 takes a free one
 * @param accounts 1, or 2 for another account with a topic and a queue of its own
 * @param keyWanted whether the API asks for a key
 */
public record Settings(Path home, Path data, int port, int accounts, boolean keyWanted) {

  /**
   * Reads {@code local.port} (4000), {@code local.data} (.local), {@code local.accounts} (1) and
   * {@code local.key} (off), and takes the working directory for home.
   *
   * @throws StartException if something is wrong with them
   */
  public static Settings fromSystemProperties() {
    Path home = Path.of("").toAbsolutePath();
    if (!Files.exists(home.resolve("template.yaml"))) {
      throw new StartException("there is no template.yaml in " + home);
    }
    String port = System.getProperty("local.port", "4000");
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw new StartException("local.port=" + port + " is no port");
    }
    Path data = home.resolve(System.getProperty("local.data", ".local"));
    String accounts = System.getProperty("local.accounts", "1");
    if (!accounts.matches("[12]")) {
      throw new StartException("local.accounts=" + accounts + " is neither 1 nor 2");
    }
    String key = System.getProperty("local.key", "off");
    if (!key.matches("on|off")) {
      throw new StartException("local.key=" + key + " is neither on nor off");
    }
    return new Settings(
        home, data, Integer.parseInt(port), Integer.parseInt(accounts), key.equals("on"));
  }

  /**
   * The class path of a process that the build prepares: its module's own classes, and the
   * libraries that the build has written into a file.
   *
   * @param home the folder of template.yaml
   * @param module {@code runtime} for a function, {@code dynamodb} for DynamoDB Local
   */
  public static List<String> classPath(Path home, String module) {
    Path target = home.resolve("local").resolve(module).resolve("target");
    try {
      String libraries = Files.readString(target.resolve("class-path")).strip();
      return classPath(target.resolve("classes"), libraries, File.pathSeparator);
    } catch (IOException e) {
      throw new StartException("local/" + module + " is not built; `mvn -Plocal` builds it", e);
    }
  }

  static List<String> classPath(Path classes, String libraries, String separator) {
    return Stream.concat(Stream.of(classes.toString()), Stream.of(libraries.split(separator)))
        .toList();
  }
}
