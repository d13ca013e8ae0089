const FULL = 0x1_0000_0000;

/**
 * Draws how far a walk has come. A cursor is a hash, so likes lie evenly around the ring and the arc that was walked is
 * about the share of likes that was seen. A cursor of another form leaves the ring empty; nothing else depends on it.
 */
export class Ring {
  #element;
  #place = 0;
  /** Where the walk began, and how far it has come since: in turns that only grow, so that the point never runs back. */
  #begin = 0;
  #walked = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} cursor where a walk begins, or begins anew */
  startAt(cursor) {
    const place = placeOf(cursor);
    this.#element.classList.toggle('unknown', place === null);
    this.#place = place ?? 0;
    this.#begin = this.#place + Math.ceil(this.#begin + this.#walked - this.#place);
    this.#walked = 0;
    this.#draw();
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
