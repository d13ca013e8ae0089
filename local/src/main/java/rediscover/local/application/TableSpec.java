package rediscover.local.application;

import java.util.Map;

/**
 * A table of the template.
 *
 * @param definition what CreateTable takes, as maps and lists
 */
public record TableSpec(String name, String arn, Map<String, Object> definition) {}
