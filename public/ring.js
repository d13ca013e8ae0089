const FULL = 0x1_0000_0000;

/**
 * Draws how far a walk has come. A cursor is a hash, so likes lie evenly around the ring and the arc that was walked is
 * about the share of likes that was seen. A cursor of another form leaves the ring empty; nothing else depends on it.
 */
export class Ring {
  #element;
  /** Where the walk began and where it is, from 0 to 1, and how far it has come: that only grows. */
  #begin = 0;
  #place = 0;
  #walked = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} cursor where a walk begins, or begins anew */
  startAt(cursor) {
    const place = placeOf(cursor);
    this.#element.classList.toggle('unknown', place === null);
    this.#begin = place ?? 0;
    this.#place = this.#begin;
    this.#walked = 0;
    // A new beginning is a jump, not a movement. The read between makes the browser take notice of it.
    this.#element.classList.add('still');
    this.#draw();
    void this.#element.offsetWidth;
    this.#element.classList.remove('still');
  }

  /** @param {string} cursor the next like of the walk */
  moveTo(cursor) {
    const place = placeOf(cursor);
    if (place !== null) {
      this.#walked += (place - this.#place + 1) % 1;
      this.#place = place;
      this.#draw();
    }
  }

  /** Set through the CSSOM, which the page's Content-Security-Policy allows, unlike a style attribute. */
  #draw() {
    this.#element.style.setProperty('--begin', `${this.#begin}turn`);
    this.#element.style.setProperty('--here', `${this.#begin + this.#walked}turn`);
    this.#element.style.setProperty('--walked', String(Math.min(this.#walked, 1)));
  }
}

function placeOf(cursor) {
  return /^[0-9a-f]{32}$/i.test(cursor) ? Number.parseInt(cursor.slice(0, 8), 16) / FULL : null;
}
