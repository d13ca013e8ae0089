package rediscover.local;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import rediscover.local.aws.Faults;
import rediscover.permissions.policy.PolicyException;
import rediscover.permissions.template.TemplateException;

/** Starts the embedded run and waits until it is interrupted. {@code mvn -Plocal} calls it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    run(Faults.NONE);
  }

  /** Does not return. */
  public static void run(Faults faults) throws InterruptedException {
    // Not every language writes a number in the digits of JSON.
    Locale.setDefault(Locale.ROOT);
    // Or else its parts, starting side by side, find it half initialised and complain.
    LoggerFactory.getILoggerFactory();
    // The JDK's server delays small answers otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var console = new Console(System.out);
    var run = new EmbeddedRun(console, faults);
    Runtime.getRuntime().addShutdownHook(new Thread(run::close, "shutdown"));
    endWithParent();
    try {
      var settings = Settings.fromSystemProperties();
      Outputs.delete(settings);
      console.print("Rediscover, without Docker and without AWS");
      EmbeddedRun.Started started = run.start(settings);
      new Welcome(console, started).print();
      new Sample(console, started).importOnce();
      Outputs.write(settings, started);
    } catch (StartException | TemplateException | PolicyException e) {
      System.err.println("Rediscover cannot start: " + e.getMessage());
      System.exit(1);
    } catch (Exception e) {
      // Or else the parts that have started would keep the process.
      e.printStackTrace();
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  /** Maven, or a test, may be killed without a word; nothing of this is to be left behind then. */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
  }
}
