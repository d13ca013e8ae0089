package rediscover.local;

import java.io.IOException;
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
    // Some languages write numbers in other digits than JSON's.
    Locale.setDefault(Locale.ROOT);
    // Otherwise parts that start side by side find it half initialized and complain.
    LoggerFactory.getILoggerFactory();
    var console = new Console(System.out);
    AddOn addOn = AddOn.ofApplication();
    var run = new EmbeddedRun(console, faults, addOn);
    Runtime.getRuntime().addShutdownHook(new Thread(run::close, "shutdown"));
    endWithParent();
    if (Boolean.getBoolean("local.endWithInput")) {
      Thread.ofPlatform().daemon().name("end of input").start(Main::endWithInput);
    }
    try {
      var settings = Settings.fromSystemProperties();
      console.print("Rediscover, without Docker and without AWS");
      EmbeddedRun.Started started = run.start(settings);
      addOn.ready(console, started);
      Outputs.write(settings, started);
    } catch (StartException | TemplateException | PolicyException e) {
      System.err.println("Rediscover cannot start: " + e.getMessage());
      System.exit(1);
    } catch (Exception e) {
      // Otherwise the parts that have started would keep the process alive.
      e.printStackTrace();
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  /** For tests on Windows, which has no signal for an orderly end. */
  private static void endWithInput() {
    try {
      System.in.read();
    } catch (IOException e) {
      System.err.println("The input ended: " + e.getMessage());
    }
    System.exit(0);
  }

  /** Maven, or a test, may be killed; the run must not outlive it. */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
  }
}
