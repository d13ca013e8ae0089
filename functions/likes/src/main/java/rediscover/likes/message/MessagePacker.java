package rediscover.likes.message;

import static rediscover.likes.message.LikesMessage.MAX_BYTES;
import static rediscover.likes.message.LikesMessage.MAX_LIKES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/**
 * Packs the likes of one user into messages, in their order, as many into each as the contract
 * allows. Not thread-safe.
 *
 * <p>A like that is too large for a message is sent without its text. The visitor sees the text on
 * X after a click.
 */
public final class MessagePacker {
  private static final int COMMA = 1;

  private final UserName user;
  private final int sizeWithoutLikes;
  private List<Like> likes = new ArrayList<>();
  private int size;

  public MessagePacker(UserName user) {
    this.user = user;
    this.sizeWithoutLikes = MessageWriter.sizeWithoutLikes(user);
    this.size = sizeOfNone();
  }

  /** Adds a like. Returns a message if one is now full. */
  public Optional<LikesMessage> add(Like like) {
    int likeSize = MessageWriter.size(like);
    if (sizeWithoutLikes + likeSize > MAX_BYTES) {
      return add(new Like(like.tweetId(), Optional.empty(), like.url()));
    }
    boolean fits = size + COMMA + likeSize <= MAX_BYTES;
    Optional<LikesMessage> full = fits ? Optional.empty() : last();
    size += COMMA + likeSize;
    likes.add(like);
    return likes.size() == MAX_LIKES ? last() : full;
  }

  /** Returns the likes that are left as a message, if any, and empties the packer. */
  public Optional<LikesMessage> last() {
    if (likes.isEmpty()) {
      return Optional.empty();
    }
    LikesMessage message = new LikesMessage(user, likes);
    likes = new ArrayList<>();
    size = sizeOfNone();
    return Optional.of(message);
  }

  /** One comma less, because every like counts one and the first has none. */
  private int sizeOfNone() {
    return sizeWithoutLikes - COMMA;
  }
}
