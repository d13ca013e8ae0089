package rediscover.likes.message;

import static rediscover.likes.message.LikesMessage.MAX_BYTES;
import static rediscover.likes.message.LikesMessage.MAX_LIKES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/**
 * Fills messages with the likes of one user, in their order, each message as full as the contract
 * allows. Not for use by several threads at once.
 *
 * <p>A like whose text alone is too large for any message goes without its text: the like counts
 * for more than the words, which the reader sees anyway after a click.
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

  /** Adds a like and returns the message that became full by it, if one did. */
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

  /** The message that is not yet full, if there is any like in it; the packer is empty then. */
  public Optional<LikesMessage> last() {
    if (likes.isEmpty()) {
      return Optional.empty();
    }
    LikesMessage message = new LikesMessage(user, likes);
    likes = new ArrayList<>();
    size = sizeOfNone();
    return Optional.of(message);
  }

  /** One comma too few, because each like is counted with one and the first has none. */
  private int sizeOfNone() {
    return sizeWithoutLikes - COMMA;
  }
}
