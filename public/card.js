import { drawPost } from './embed.js';
import { linkTo, longAgo, writtenAt } from './post.js';

const LONG_TEXT = 180;

/** Shows one like: at once as a plain card, and as X's own embedded post as soon as that has come. */
export class Card {
  #article = document.getElementById('like');
  #plain = document.getElementById('plain');
  #text = document.getElementById('like-text');
  #date = document.getElementById('like-date');
  #link = document.getElementById('like-link');
  #embed = document.getElementById('embed');

  /**
   * @param {{tweetId: string, text?: string | null, url?: string | null}} like
   * @returns {string} what the card says, for those who hear it
   */
  show(like) {
    const text = like.text?.trim();
    this.#text.textContent = text || 'What this post says is not stored here. It can be read on X.';
    this.#text.classList.toggle('unknown', !text);
    this.#text.classList.toggle('long', (text ?? '').length > LONG_TEXT);
    this.#link.href = linkTo(like);
    this.#showDate(writtenAt(like.tweetId));
    this.#showPlain();
    // Not waited for: it reports by replacing the plain card, or not at all.
    this.#replaceByEmbed(like.tweetId);
    return [this.#text.textContent, this.#date.textContent].filter(Boolean).join(' · ');
  }

  #showDate(written) {
    this.#date.removeAttribute('datetime');
    if (written === null) {
      this.#date.textContent = '';
    } else if (written === 'early') {
      this.#date.textContent = 'Posted before November 2010';
    } else {
      const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(written);
      this.#date.textContent = `${day} · ${longAgo(written)}`;
      this.#date.dateTime = written.toISOString();
    }
  }

  #showPlain() {
    this.#embed.replaceChildren();
    this.#plain.hidden = false;
    this.#article.dataset.shown = 'plain';
    this.#article.classList.remove('fresh');
    // Read to make the browser notice the removal, so that the entrance is played for each like.
    void this.#article.offsetWidth;
    this.#article.classList.add('fresh');
  }

  async #replaceByEmbed(tweetId) {
    // A place of its own for each like: an embed that comes late lands in a place that is no longer on the page.
    const place = document.createElement('div');
    place.className = 'arriving';
    this.#embed.append(place);
    const drawn = await drawPost(tweetId, place);
    if (!place.isConnected) {
      return;
    }
    if (drawn) {
      place.className = '';
      this.#plain.hidden = true;
      this.#article.dataset.shown = 'embed';
    } else {
      place.remove();
    }
  }
}
