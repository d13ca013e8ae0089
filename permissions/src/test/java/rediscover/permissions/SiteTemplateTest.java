package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.policy.Cases;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Template;

/**
 * The site behind CloudFront: what it sends, who may read its bucket, and how the API is reached.
 */
class SiteTemplateTest {

  private static final Template SITE = Stacks.site(Map.of());
  private static final String CERTIFICATE =
      "arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef";

  @Test
  void theDistributionSendsTheHeadersThatOtherServersSend() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "public", "_headers"))) {
      if (line.startsWith("  ")) {
        String[] header = line.strip().split(": ", 2);
        expected.put(header[0], header[1]);
      }
    }
    // Not for a server that may speak plain HTTP:
    // https://www.rfc-editor.org/rfc/rfc6797#section-7.2
    expected.put("Strict-Transport-Security", "max-age=31536000");

    assertThat(headers()).isEqualTo(expected);
  }

  private static Map<String, String> headers() {
    Properties config = properties("SecurityHeaders").object("ResponseHeadersPolicyConfig");
    Properties security = config.object("SecurityHeadersConfig");
    Map<String, String> headers = new TreeMap<>();
    for (String name : security.names()) {
      Properties header = security.object(name);
      assertThat(header.string("Override")).as(name).isEqualTo("true");
      switch (name) {
        case "ContentSecurityPolicy" -> headers.put("Content-Security-Policy", header.string(name));
        case "ContentTypeOptions" -> headers.put("X-Content-Type-Options", "nosniff");
        case "FrameOptions" -> headers.put("X-Frame-Options", header.string("FrameOption"));
        case "ReferrerPolicy" -> headers.put("Referrer-Policy", header.string(name));
        case "StrictTransportSecurity" ->
            headers.put(
                "Strict-Transport-Security", "max-age=" + header.string("AccessControlMaxAgeSec"));
        default -> throw new AssertionError("What header is " + name + "?");
      }
    }
    for (Properties header : config.object("CustomHeadersConfig").objects("Items")) {
      assertThat(header.string("Override")).isEqualTo("true");
      headers.put(header.string("Header"), header.string("Value"));
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "cloudfront.amazonaws.com, s3:GetObject, the distribution, true, allowed",
    "cloudfront.amazonaws.com, s3:GetObject, another one, true, no resource-based",
    "cloudfront.amazonaws.com, s3:GetObject, another account's, true, no resource-based",
    "cloudfront.amazonaws.com, s3:GetObject, the distribution, false, denied",
    "cloudfront.amazonaws.com, s3:PutObject, the distribution, true, no resource-based",
    "cloudfront.amazonaws.com, s3:DeleteObject, the distribution, true, no resource-based",
    "s3.amazonaws.com, s3:GetObject, the distribution, true, no resource-based",
  })
  void onlyTheDistributionReadsTheBucket(
      String service, String action, String source, String overTls, String outcome) {
    String own = SITE.resource("Distribution").arn();
    String arn =
        switch (source) {
          case "the distribution" -> own;
          case "another one" -> own + "2";
          default -> own.replace(Stacks.ACCOUNT_A, Stacks.ACCOUNT_B);
        };
    Request read =
        Request.of(
                new Principal.Service(service),
                action,
                SITE.resource("SiteBucket").arn() + "/index.html",
                Stacks.ACCOUNT_A)
            .with("aws:SourceArn", arn)
            .with("aws:SecureTransport", overTls);
    assertThat(Cases.outcome(Permissions.of(SITE).decide(read))).isEqualTo(outcome);
  }

  @Test
  void theApiIsAskedAnewEachTimeAndWithTheKey() {
    Properties api = distribution(SITE).objects("CacheBehaviors").getFirst();
    assertThat(distribution(SITE).objects("CacheBehaviors")).hasSize(1);
    assertThat(api.string("PathPattern")).isEqualTo("/u/*");
    assertThat(api.string("ViewerProtocolPolicy")).isEqualTo("https-only");
    // CachingDisabled and AllViewerExceptHostHeader; the template says where AWS documents them.
    assertThat(api.string("CachePolicyId")).isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assertThat(api.string("OriginRequestPolicyId"))
        .isEqualTo("b689b0a8-53d0-40ab-baf2-68738e2966ac");

    Properties origin = origin(api.string("TargetOriginId"));
    assertThat("https://" + origin.string("DomainName"))
        .isEqualTo(Stacks.application().outputs().get("ApiUrl"));
    Properties custom = origin.object("CustomOriginConfig");
    assertThat(custom.string("OriginProtocolPolicy")).isEqualTo("https-only");
    assertThat(custom.strings("OriginSSLProtocols")).containsExactly("TLSv1.2");
  }

  @Test
  void theFilesComeFromThePrivateBucketByASignedRequest() {
    Properties files = distribution(SITE).object("DefaultCacheBehavior");
    assertThat(files.string("ViewerProtocolPolicy")).isEqualTo("redirect-to-https");
    assertThat(files.string("Compress")).isEqualTo("true");
    assertThat(files.has("OriginRequestPolicyId")).isFalse();

    Properties origin = origin(files.string("TargetOriginId"));
    assertThat(origin.string("DomainName")).startsWith(SITE.resource("SiteBucket").ref() + ".s3.");
    assertThat(origin.string("OriginAccessControlId"))
        .isEqualTo(SITE.resource("OriginAccessControl").ref());
    Properties signing = properties("OriginAccessControl").object("OriginAccessControlConfig");
    assertThat(signing.string("SigningBehavior")).isEqualTo("always");
    assertThat(signing.string("SigningProtocol")).isEqualTo("sigv4");

    Properties block = properties("SiteBucket").object("PublicAccessBlockConfiguration");
    assertThat(block.names())
        .containsExactlyInAnyOrder(
            "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        .allMatch(name -> block.string(name).equals("true"));
  }

  @Test
  void anOwnDomainComesWithItsCertificateAndTls12() {
    Template own =
        Stacks.site(Map.of("DomainName", "likes.example.org", "CertificateArn", CERTIFICATE));
    assertThat(distribution(own).strings("Aliases")).containsExactly("likes.example.org");
    Properties certificate = distribution(own).object("ViewerCertificate");
    assertThat(certificate.string("AcmCertificateArn")).isEqualTo(CERTIFICATE);
    assertThat(certificate.string("MinimumProtocolVersion")).isEqualTo("TLSv1.2_2021");
    assertThat(certificate.string("SslSupportMethod")).isEqualTo("sni-only");
    assertThat(own.outputs()).containsEntry("SiteUrl", "https://likes.example.org");
  }

  @Test
  void withoutADomainTheAddressIsCloudFronts() {
    assertThat(distribution(SITE).has("Aliases")).isFalse();
    assertThat(distribution(SITE).object("ViewerCertificate").names())
        .containsExactly("CloudFrontDefaultCertificate");
    assertThat(SITE.outputs().get("SiteUrl"))
        .isEqualTo("https://" + SITE.outputs().get("DistributionDomain"));
  }

  @Test
  void theDistributionSpeaksHttp3() {
    assertThat(distribution(SITE).string("HttpVersion")).isEqualTo("http2and3");
    assertThat(distribution(SITE).string("DefaultRootObject")).isEqualTo("index.html");
  }

  private static Properties origin(String id) {
    return distribution(SITE).objects("Origins").stream()
        .filter(origin -> origin.string("Id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Properties distribution(Template site) {
    return site.resource("Distribution").properties().object("DistributionConfig");
  }

  private static Properties properties(String logicalId) {
    return SITE.resource(logicalId).properties();
  }
}
