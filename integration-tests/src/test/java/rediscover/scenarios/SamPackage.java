package rediscover.scenarios;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import rediscover.local.application.FunctionSpec;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What {@code sam package} does: zips the packages into a bucket and writes a template whose
 * functions have their {@code CodeUri} there.
 */
final class SamPackage {

  private final S3Client s3;
  private final String bucket;

  /**
   * @param bucket one that exists
   */
  SamPackage(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Uploads the functions' packages; returns the template that names them. */
  String upload(Path template, List<FunctionSpec> functions) throws IOException {
    MappingNode root = read(template);
    MappingNode resources = mapping(root, "Resources");
    for (FunctionSpec function : functions) {
      MappingNode properties = mapping(mapping(resources, function.logicalId()), "Properties");
      List<NodeTuple> tuples = new ArrayList<>(properties.getValue());
      tuples.removeIf(tuple -> isKey(tuple, "CodeUri"));
      tuples.add(new NodeTuple(text("CodeUri"), text(upload(function.code().directory()))));
      properties.setValue(tuples);
    }
    DumpSettings settings = DumpSettings.builder().build();
    return new Present(settings)
        .emitToString(new Serialize(settings).serializeOne(root).iterator());
  }

  private String upload(Path directory) throws IOException {
    byte[] zip = zip(directory);
    String key = sha256(zip) + ".zip";
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(zip));
    return "s3://" + bucket + "/" + key;
  }

  /** The same files make the same bytes, in whatever order and at whatever time they were built. */
  private static byte[] zip(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(directory)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Path file : files) {
        var entry = new ZipEntry(name(directory, file));
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }

  /** A file's name in a zip: with slashes on every system. */
  static String name(Path directory, Path file) {
    return StreamSupport.stream(directory.relativize(file).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static MappingNode read(Path template) throws IOException {
    try (Reader reader = Files.newBufferedReader(template)) {
      return (MappingNode)
          new Compose(LoadSettings.builder().build()).composeReader(reader).orElseThrow();
    }
  }

  private static MappingNode mapping(MappingNode parent, String key) {
    return parent.getValue().stream()
        .filter(tuple -> isKey(tuple, key))
        .map(tuple -> (MappingNode) tuple.getValueNode())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("template.yaml has no " + key));
  }

  private static boolean isKey(NodeTuple tuple, String key) {
    return tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
  }

  private static Node text(String value) {
    return new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
  }
}
