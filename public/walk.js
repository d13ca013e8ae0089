/** A walk around a user's likes: knows its place and notices a completed round. */
export class Walk {
  #seen = new Set();

  /** @param {string} name the user */
  constructor(name) {
    this.name = name;
    /** The cursor of the like on the page; null before the first. */
    this.cursor = null;
    /** How many likes this round has shown. */
    this.count = 0;
    /** How many likes the user has; null until the first round is complete. */
    this.total = null;
  }

  /**
   * Moves to a like. Any cursor seen before ends the round, not only the first one: the first like may be gone by
   * then.
   *
   * @param {string} cursor
   * @returns {boolean} whether this step completed a round
   */
  stepTo(cursor) {
    const round = this.#seen.has(cursor);
    if (round) {
      this.total = this.count;
      this.count = 0;
      this.#seen.clear();
    }
    this.#seen.add(cursor);
    this.cursor = cursor;
    this.count += 1;
    return round;
  }
}
