package rediscover.permissions;

import java.util.Comparator;

/**
 * Somebody does something to something, all three by name.
 *
 * @param who a caller of the {@link Universe}
 * @param action such as {@code dynamodb:PutItem}
 * @param resource a resource of the {@link Universe}
 */
record Access(String who, String action, String resource) implements Comparable<Access> {

  private static final Comparator<Access> ORDER =
      Comparator.comparing(Access::who)
          .thenComparing(Access::action)
          .thenComparing(Access::resource);

  /** Reads a line of a table: {@code who | action | resource}. */
  static Access of(String line) {
    String[] cells = line.strip().split(" *\\| *");
    return new Access(cells[0], cells[1], cells[2]);
  }

  @Override
  public int compareTo(Access other) {
    return ORDER.compare(this, other);
  }
}
