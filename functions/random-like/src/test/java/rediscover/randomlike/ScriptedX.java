package rediscover.randomlike;

import java.util.ArrayList;
import java.util.List;
import rediscover.likes.UserName;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;

/** Answers as it is told, except that it refuses one set of credentials. */
final class ScriptedX implements XApi {

  private final List<XCredentials> calls = new ArrayList<>();
  private LikedPage answer = new LikedPage.NoLikes();
  private XCredentials revoked;

  void answers(LikedPage answer) {
    this.answer = answer;
  }

  void revokes(XCredentials credentials) {
    this.revoked = credentials;
  }

  /** The credentials of each call so far. */
  List<XCredentials> calls() {
    return calls;
  }

  @Override
  public LikedPage likesOf(UserName user, XCredentials credentials) {
    calls.add(credentials);
    return credentials.equals(revoked) ? new LikedPage.Refused("X answered 401") : answer;
  }
}
