/**
 * The side of the map where nothing is called. What a switch breaks is not decided here: the evaluator did so when the
 * map was made, and it is looked up in the map's data.
 */
export class Computed {
  #listener;
  #off = new Set();

  /** @param {{switched(off: string[]): void}} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Switches a statement on or off. */
  async set(statement, on) {
    if (on) {
      this.#off.delete(statement);
    } else {
      this.#off.add(statement);
    }
    this.#listener.switched([...this.#off]);
  }

  /** Switches every statement on. */
  async restore() {
    this.#off.clear();
    this.#listener.switched([]);
  }
}

/**
 * What fails along an arrow while these statements are off; null if nothing does.
 *
 * @param {{uses: {action: string, needs: Record<string, {missing: string, account: string}>}[]} | undefined} without
 * @param {Set<string>} off
 */
export function failureOf(without, off) {
  for (const { action, needs } of without?.uses ?? []) {
    const missing = Object.keys(needs).filter((id) => off.has(id));
    if (missing.length > 0) {
      return { action, ...needs[missing[0]], wouldAllow: missing };
    }
  }
  return null;
}
