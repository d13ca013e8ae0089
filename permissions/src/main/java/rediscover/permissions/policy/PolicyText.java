package rediscover.permissions.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in a policy with wildcards and <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">policy
 * variables</a>.
 */
public final class PolicyText {

  /** What {@code *} and {@code ?} match. */
  enum Wildcards {
    /** Only themselves. */
    NONE,
    /** Any characters. */
    TEXT,
    /** Any characters within one of the six parts of an ARN. */
    ARN,
    /**
     * As in an ARN, but a {@code *} at the end of a part <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">also
     * matches the following parts</a>.
     */
    RESOURCE
  }

  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Wildcard(String regex) implements Part {}

    record Variable(String key, Optional<String> otherwise) implements Part {}
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          \\$\\{ (?<escaped> [*?$] ) }
          | \\$\\{ (?<key> [^{},'*?$\\s]+ ) ( ,\\x20? ' (?<otherwise> [^']+ ) ' )? }
          | (?<wildcard> [*?] )
          | (?<malformed> \\$\\{ )
          """,
          Pattern.COMMENTS);

  /** {@code arn:partition:service:region:account:} precedes the last part of an ARN. */
  private static final int COLONS_BEFORE_LAST_ARN_PART = 5;

  private final String source;
  private final List<Part> parts;
  private final boolean ignoreCase;

  /** Its pattern, if it has no variables. */
  private final Optional<Pattern> fixed;

  private PolicyText(String source, List<Part> parts, boolean ignoreCase) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.ignoreCase = ignoreCase;
    this.fixed = hasVariables() ? Optional.empty() : compiled(key -> List.of());
  }

  static PolicyText of(String text, Wildcards wildcards) {
    return of(text, wildcards, false);
  }

  static PolicyText ignoringCase(String text, Wildcards wildcards) {
    return of(text, wildcards, true);
  }

  private static PolicyText of(String text, Wildcards wildcards, boolean ignoreCase) {
    List<Part> parts = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    int colons = 0;
    while (token.find()) {
      String literal = text.substring(end, token.start());
      parts.add(new Part.Literal(literal));
      colons += (int) literal.chars().filter(c -> c == ':').count();
      end = token.end();
      if (token.group("malformed") != null) {
        // Blanks are an error, too:
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
        throw new PolicyException("malformed policy variable in " + text);
      } else if (token.group("escaped") != null) {
        parts.add(new Part.Literal(token.group("escaped")));
      } else if (token.group("key") != null) {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse
        boolean isArn = wildcards == Wildcards.ARN || wildcards == Wildcards.RESOURCE;
        if (isArn && colons < COLONS_BEFORE_LAST_ARN_PART) {
          throw new PolicyException(
              "a policy variable is allowed only after the fifth colon of an ARN: " + text);
        }
        Optional<String> otherwise = Optional.ofNullable(token.group("otherwise"));
        parts.add(new Part.Variable(token.group("key"), otherwise));
      } else {
        boolean endsArnPart = end == text.length() || text.charAt(end) == ':';
        boolean inLastArnPart = colons >= COLONS_BEFORE_LAST_ARN_PART;
        parts.add(wildcard(token.group(), wildcards, inLastArnPart, endsArnPart));
      }
    }
    parts.add(new Part.Literal(text.substring(end)));
    return new PolicyText(text, parts, ignoreCase);
  }

  private static Part wildcard(
      String wildcard, Wildcards wildcards, boolean inLastArnPart, boolean endsArnPart) {
    boolean many = wildcard.equals("*");
    boolean anyCharacter =
        switch (wildcards) {
          case NONE -> false;
          case TEXT -> true;
          case ARN -> inLastArnPart;
          case RESOURCE -> inLastArnPart || many && endsArnPart;
        };
    return wildcards == Wildcards.NONE
        ? new Part.Literal(wildcard)
        : new Part.Wildcard((anyCharacter ? "." : "[^:]") + (many ? "*" : ""));
  }

  boolean hasVariables() {
    return parts.stream().anyMatch(Part.Variable.class::isInstance);
  }

  /** The condition keys of its variables. */
  List<String> variables() {
    return parts.stream()
        .filter(Part.Variable.class::isInstance)
        .map(part -> ((Part.Variable) part).key())
        .toList();
  }

  /** Refuses an empty variable: AWS does not document how it compares. */
  void check(Request request) {
    if (fixed.isPresent()) {
      return;
    }
    for (String key : variables()) {
      if (request.values(key).equals(List.of(""))) {
        throw new PolicyException("${" + key + "} is empty: empty values are not supported");
      }
    }
  }

  /** A variable without a value and a default matches nothing. */
  boolean matches(String value, Request request) {
    return fixed
        .or(() -> compiled(request::values))
        .map(pattern -> pattern.matcher(value).matches())
        .orElse(false);
  }

  /** A regular expression; empty if a variable does not have one value. */
  private Optional<Pattern> compiled(Function<String, List<String>> valuesOf) {
    StringBuilder regex = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(String text) -> regex.append(Pattern.quote(text));
        case Part.Wildcard(String wildcard) -> regex.append(wildcard);
        case Part.Variable(String key, Optional<String> otherwise) -> {
          List<String> values = valuesOf.apply(key);
          if (values.size() > 1 || values.isEmpty() && otherwise.isEmpty()) {
            return Optional.empty();
          }
          regex.append(Pattern.quote(values.isEmpty() ? otherwise.get() : values.getFirst()));
        }
      }
    }
    int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    return Optional.of(Pattern.compile(regex.toString(), flags));
  }

  /** The text as written in the document. */
  @Override
  public String toString() {
    return source;
  }
}
