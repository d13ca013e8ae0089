package rediscover.bench.cost;

import java.util.List;
import java.util.Locale;

/**
 * Something that AWS charges for.
 *
 * @param service that charges
 * @param unit what is counted
 * @param dollars the list price of one unit
 * @param free free units a month, for every account and without an end
 */
enum Item {
  HTTP_REQUEST("HTTP API", "request", 1.00e-6, 0),
  LAMBDA_REQUEST("Lambda", "invocation", 0.20e-6, 1e6),
  LAMBDA_TIME("Lambda", "GB-second", 0.0000166667, 400_000),
  LAMBDA_TIME_ARM64("Lambda", "GB-second on arm64, instead", 0.0000133334, 400_000),
  TABLE_READ("DynamoDB", "read request unit", 0.125e-6, 0),
  TABLE_WRITE("DynamoDB", "write request unit", 0.625e-6, 0),
  TABLE_STORAGE("DynamoDB", "GB stored", 0.25, 25),
  TABLE_BACKUP("DynamoDB", "GB with point-in-time recovery", 0.20, 0),
  QUEUE_REQUEST("SQS", "request of up to 64 KB", 0.40e-6, 1e6),
  TOPIC_PUBLISH("SNS", "message of up to 64 KB", 0.50e-6, 1e6),
  BUCKET_PUT("S3", "upload", 5e-6, 0),
  BUCKET_GET("S3", "download", 0.4e-6, 0),
  BUCKET_STORAGE("S3", "GB stored", 0.023, 0),
  PARAMETER_READ("SSM", "read of a standard parameter", 0, 0),
  LOG("CloudWatch", "GB of log", 0.50, 5),
  ALARM("CloudWatch", "metric that an alarm watches", 0.10, 10),
  DASHBOARD("CloudWatch", "dashboard", 3.00, 3),
  TRANSFER("Data transfer", "GB to the internet", 0.09, 100);

  private final String service;
  private final String unit;
  private final double dollars;
  private final double free;

  Item(String service, String unit, double dollars, double free) {
    this.service = service;
    this.unit = unit;
    this.dollars = dollars;
    this.free = free;
  }

  String service() {
    return service;
  }

  /** Its row in the table of prices. */
  List<String> row() {
    return List.of(
        service, unit, price(), free == 0 ? "" : String.format(Locale.ROOT, "%,.0f", free));
  }

  private String price() {
    if (dollars == 0) {
      return "0";
    }
    return dollars < 1e-5
        ? String.format(Locale.ROOT, "%.3f a million", dollars * 1e6)
        : Double.toString(dollars);
  }

  /** What so many units cost at the list price. */
  double listed(double units) {
    return units * dollars;
  }

  /** What they cost if the account uses its free units for nothing else. */
  double charged(double units) {
    return listed(Math.max(0, units - free));
  }
}
