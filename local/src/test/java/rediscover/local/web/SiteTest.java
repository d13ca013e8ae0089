package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;

class SiteTest {

  @TempDir private Path folder;

  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    Path site = Files.createDirectories(folder.resolve("public/sub")).getParent();
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(site.resolve("index.html"), "<title>é</title>");
    Files.writeString(site.resolve("sub/index.html"), "sub");
    for (String name :
        new String[] {
          "a.css", "a.js", "a.json", "a.svg", "a.png", "a.txt", "a.unknown", "a b.js"
        }) {
      Files.writeString(site.resolve(name), name);
    }
    Files.writeString(
        site.resolve("_headers"),
        """
        # A comment: it is no header.
        /*
          X-Content-Type-Options: nosniff
          Content-Security-Policy: frame-ancestors 'none'
        """);
    server = new LoopbackServer(new Site(site)::handle);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"/, <title>é</title>", "/sub/, sub", "/a%20b.js, a b.js", "/sub/../a.js, a.js"})
  void aPathIsAFileAndAFolderItsIndex(String path, String content) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/a.css, text/css; charset=utf-8",
    "/a.js, text/javascript; charset=utf-8",
    "/a.json, application/json",
    "/a.svg, image/svg+xml",
    "/a.png, image/png",
    "/a.txt, text/plain; charset=utf-8",
    "/a.unknown, application/octet-stream"
  })
  void theTypeFollowsFromTheNameAndIsNotToBeGuessed(String path, String type) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.headers().firstValue("content-type")).contains(type);
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..%2fsecret.txt",
        "/sub/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/%2Fetc%2Fpasswd",
        "//x",
        "/sub",
        "/missing.html"
      })
  void whatIsNotBelowTheFolderIsNotThere(String path) throws Exception {
    assertThat(server.getRaw(path)).startsWith("HTTP/1.1 404 ").doesNotContain("secret", "root:");
    assertThat(server.failures()).isEmpty();
  }

  /** The page of another name works here and is missing on every other server. */
  @Test
  void aFileHasOneNameOnSystemsThatFindItByOthersToo() throws Exception {
    for (Configuration system : List.of(Configuration.windows(), Configuration.osX())) {
      try (FileSystem files = Jimfs.newFileSystem(system)) {
        Path site = Files.createDirectory(files.getPath("public"));
        Files.writeString(site.resolve("_headers"), "");
        Files.writeString(site.resolve("a.js"), "a.js");
        try (var other = new LoopbackServer(new Site(site)::handle)) {
          assertThat(other.get("/a.js").statusCode()).isEqualTo(200);
          assertThat(other.get("/A.JS").statusCode()).isEqualTo(404);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%00/secret.txt",
        "/a.js%00"
      })
  void whatCanBeNoPathIsABadRequest(String path) throws Exception {
    assertThat(server.getRaw(path)).startsWith("HTTP/1.1 400 ").doesNotContain("secret");
    assertThat(server.failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a.js", "/missing.html"})
  void everyAnswerHasTheHeadersThatTheSiteAsksFor(String path) throws Exception {
    assertThat(server.get(path).headers().map())
        .containsEntry("content-security-policy", List.of("frame-ancestors 'none'"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .doesNotContainKey("# a comment");
  }

  @Test
  void headHasTheHeadersAndNoBody() throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/a.css").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/css; charset=utf-8");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void theSiteCanOnlyBeRead(String method) throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/a.css").method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
  }
}
