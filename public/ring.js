const FULL = 0x1_0000_0000;

/**
 * Draws the progress of a walk. Cursors are hashes, so likes are spread evenly around the ring, and the arc shows
 * roughly the share of likes seen. A cursor of another form leaves the ring empty; nothing else depends on it.
 */
export class Ring {
  #element;
  /** The start and the current place, from 0 to 1, and the distance walked, which only grows. */
  #begin = 0;
  #place = 0;
  #walked = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} cursor where a walk starts or restarts */
  startAt(cursor) {
    const place = placeOf(cursor);
    this.#element.classList.toggle('unknown', place === null);
    this.#begin = place ?? 0;
    this.#place = this.#begin;
    this.#walked = 0;
    // A restart is a jump without animation. The read in between makes the browser apply it.
    this.#element.classList.add('still');
    this.#draw();
    void this.#element.offsetWidth;
    this.#element.classList.remove('still');
  }

  /** @param {string} cursor the walk's next like */
  moveTo(cursor) {
    const place = placeOf(cursor);
    if (place !== null) {
      this.#walked += (place - this.#place + 1) % 1;
      this.#place = place;
      this.#draw();
    }
  }

  /** Uses the CSSOM, because the page's Content-Security-Policy forbids style attributes. */
  #draw() {
    this.#element.style.setProperty('--begin', `${this.#begin}turn`);
    this.#element.style.setProperty('--here', `${this.#begin + this.#walked}turn`);
    this.#element.style.setProperty('--walked', String(Math.min(this.#walked, 1)));
  }
}

function placeOf(cursor) {
  return /^[0-9a-f]{32}$/i.test(cursor) ? Number.parseInt(cursor.slice(0, 8), 16) / FULL : null;
}
