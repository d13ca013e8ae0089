// What a post's id and link tell about it.

// An id contains the time of posting (https://docs.x.com/fundamentals/x-ids): the milliseconds since this instant, above
// 22 other bits (https://github.com/twitter-archive/snowflake).
const FIRST_INSTANT = 1288834974657n;

// Earlier ids were consecutive numbers and contain no time.
const LAST_PLAIN_ID = 29700859247n;

/**
 * The time when the post was written.
 *
 * @param {string} tweetId 1 to 20 digits
 * @param {Date} now
 * @returns {Date | 'early' | null} 'early' for an id from before November 2010, null for an impossible time
 */
export function writtenAt(tweetId, now = new Date()) {
  const id = BigInt(tweetId);
  if (id <= LAST_PLAIN_ID) {
    return 'early';
  }
  const written = new Date(Number((id >> 22n) + FIRST_INSTANT));
  return written > now ? null : written;
}

/**
 * How long ago that is, in its largest unit: "3 years ago", "last month", "today".
 *
 * @param {Date} written
 * @param {Date} now
 */
export function longAgo(written, now = new Date()) {
  const days = Math.floor((now - written) / 86_400_000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (days >= 365) {
    return words.format(-Math.floor(days / 365.25) || -1, 'year');
  }
  if (days >= 31) {
    return words.format(-Math.floor(days / 30.44), 'month');
  }
  return words.format(-days, 'day');
}

/**
 * The post's address: the like's own if it is a web address, else one made from the id. Anything else (javascript:,
 * data:, no address) never becomes a link.
 *
 * @param {{tweetId: string, url?: string | null}} like
 */
export function linkTo(like) {
  if (like.url && URL.canParse(like.url)) {
    const url = new URL(like.url);
    if (url.protocol === 'https:' || url.protocol === 'http:') {
      return url.href;
    }
  }
  return `https://x.com/i/status/${like.tweetId}`;
}
