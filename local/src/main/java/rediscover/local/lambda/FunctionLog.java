package rediscover.local.lambda;

import rediscover.local.application.FunctionSpec;

/** Where the lines go that a function writes. */
@FunctionalInterface
public interface FunctionLog {

  void line(FunctionSpec function, String line);
}
