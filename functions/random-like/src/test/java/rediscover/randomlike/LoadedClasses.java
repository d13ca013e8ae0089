package rediscover.randomlike;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs something as in a JVM of its own, and knows which classes that has loaded. */
final class LoadedClasses implements AutoCloseable {
  private final Loader loader = new Loader();

  /** Runs one of these tests' classes, which needs a constructor without parameters. */
  void run(Class<? extends Runnable> task) throws ReflectiveOperationException {
    ((Runnable) loader.loadClass(task.getName()).getDeclaredConstructor().newInstance()).run();
  }

  boolean contain(String className) {
    return loader.has(className);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  private static final class Loader extends URLClassLoader {
    Loader() {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    boolean has(String className) {
      return findLoadedClass(className) != null;
    }

    private static URL[] classPath() {
      String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
      return Arrays.stream(entries).map(Loader::url).toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
