package rediscover.permissions.policy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address, or a range of them in <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress">CIDR
 * notation</a>.
 */
record AddressRange(byte[] network, int bits) implements Operand {

  /** Excludes host names, so that nothing is looked up. */
  private static final Pattern CIDR =
      Pattern.compile(
          "(?<address>[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/(?<bits>[0-9]{1,3}))?");

  static AddressRange of(String text) {
    return parse(text)
        .orElseThrow(() -> new PolicyException(text + " is not an IP address or CIDR range"));
  }

  private static Optional<AddressRange> parse(String text) {
    Matcher cidr = CIDR.matcher(text);
    if (!cidr.matches()) {
      return Optional.empty();
    }
    byte[] network;
    try {
      network = InetAddress.getByName(cidr.group("address")).getAddress();
    } catch (UnknownHostException e) {
      return Optional.empty(); // such as 999.1.1.1
    }
    int most = network.length * Byte.SIZE;
    int bits = cidr.group("bits") == null ? most : Integer.parseInt(cidr.group("bits"));
    return bits > most ? Optional.empty() : Optional.of(new AddressRange(network, bits));
  }

  @Override
  public boolean matches(String value, Request request) {
    return parse(value).filter(this::includes).isPresent();
  }

  private boolean includes(AddressRange other) {
    return other.network.length == network.length
        && other.bits >= bits
        && prefix(other.network).equals(prefix(network));
  }

  private BigInteger prefix(byte[] address) {
    return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
  }
}
