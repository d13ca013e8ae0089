package rediscover.local;

import java.util.concurrent.CountDownLatch;

/** Starts the embedded run and waits until it is interrupted. {@code mvn -q -Plocal} calls it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    // The JDK's server delays small answers otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var console = new Console(System.out);
    var run = new EmbeddedRun(console);
    Runtime.getRuntime().addShutdownHook(new Thread(run::close, "shutdown"));
    try {
      var settings = Settings.fromSystemProperties();
      console.print("Rediscover, without Docker and without AWS");
      EmbeddedRun.Started started = run.start(settings);
      new Sample(console, started).importOnce();
      new Welcome(console, started).print();
    } catch (StartException e) {
      System.err.println("Rediscover cannot start: " + e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
