/** One way round somebody's likes: knows where it stands and notices when it has come round. */
export class Walk {
  #seen = new Set();

  /** @param {string} name whose likes are walked */
  constructor(name) {
    this.name = name;
    /** The cursor of the like that is shown; null before the first. */
    this.cursor = null;
    /** How many likes were shown on this round. */
    this.count = 0;
    /** How many likes there are; null until the first round is complete. */
    this.total = null;
  }

  /**
   * Steps on to a like. Any cursor met before ends the round, not just the first one: the first like may have been
   * removed meanwhile.
   *
   * @param {string} cursor
   * @returns {boolean} whether a round was completed by this step
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
