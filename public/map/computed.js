/**
 * The map without an embedded run: it makes no calls. The evaluator decided at build time what each switch breaks, and
 * this class looks it up in the map's data.
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
 * The request of an arrow that fails while these statements are off; null if none fails.
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
