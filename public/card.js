import { drawPost } from './embed.js';
import { linkTo, longAgo, writtenAt } from './post.js';

const LONG_TEXT = 180;

/** Shows one like: first as a plain card, then as X's embedded post as soon as X delivers it. */
export class Card {
  #article = document.getElementById('like');
  #plain = document.getElementById('plain');
  #text = document.getElementById('like-text');
  #date = document.getElementById('like-date');
  #link = document.getElementById('like-link');
  #embed = document.getElementById('embed');

  /**
   * @param {{tweetId: string, text?: string | null, url?: string | null}} like
   * @returns {string} what the card says, for screen readers
   */
  show(like) {
    const text = like.text?.trim();
    this.#text.textContent = text || 'The text of this post is not stored here. Read it on X.';
    this.#text.classList.toggle('unknown', !text);
    this.#text.classList.toggle('long', (text ?? '').length > LONG_TEXT);
    this.#link.href = linkTo(like);
    this.#showDate(writtenAt(like.tweetId));
    this.#showPlain();
    // Not awaited: on success it replaces the plain card.
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
    // This read makes the browser apply the removal, so the entrance animation runs for each like.
    void this.#article.offsetWidth;
    this.#article.classList.add('fresh');
  }

  async #replaceByEmbed(tweetId) {
    // Each like has its own place: a late embed lands in one that has left the page.
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
