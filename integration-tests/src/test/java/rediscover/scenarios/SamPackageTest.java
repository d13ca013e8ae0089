package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamPackageTest {

  @Test
  void aNameInAZipHasSlashesOnEverySystem() throws IOException {
    for (Configuration system :
        List.of(Configuration.unix(), Configuration.osX(), Configuration.windows())) {
      try (FileSystem files = Jimfs.newFileSystem(system)) {
        Path directory = files.getPath("function");

        assertThat(SamPackage.name(directory, directory.resolve("lib").resolve("a.jar")))
            .isEqualTo("lib/a.jar");
      }
    }
  }
}
