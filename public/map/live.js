const AGAIN_MS = 3_000;

/**
 * The map's connection to the embedded run: which requests are allowed and denied, and which statements are switched
 * off.
 */
export class Live {
  #listener;
  #source = null;
  #connected = false;

  /**
   * @param {{
   *   request(event: object): void,
   *   switched(off: string[]): void,
   *   connected(): void,
   *   lost(): void,
   * }} listener
   */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Starts listening, and reconnects whenever the connection is lost. */
  listen() {
    this.#source = new EventSource('_permissions/events');
    this.#source.addEventListener('open', () => this.#opened());
    this.#source.addEventListener('message', (message) => this.#heard(message.data));
    this.#source.addEventListener('error', () => this.#failed());
  }

  /**
   * Switches a statement on or off.
   *
   * @throws {Error} if that failed
   */
  async set(statement, on) {
    const path = `_permissions/${on ? 'on' : 'off'}?statement=${encodeURIComponent(statement)}`;
    this.#listener.switched(await change(path));
  }

  /**
   * Switches every statement on.
   *
   * @throws {Error} if that failed
   */
  async restore() {
    this.#listener.switched(await change('_permissions/reset'));
  }

  async #opened() {
    try {
      // Catches up on switches from before the connection.
      const state = await ask('_permissions');
      if (state === null) {
        throw new Error('something other than the embedded run answered');
      }
      this.#connected = true;
      this.#listener.switched(state.off);
      this.#listener.connected();
    } catch (cause) {
      console.info('The embedded run does not answer:', cause.message);
      this.#source.close();
      this.#failed();
    }
  }

  #heard(data) {
    const event = JSON.parse(data);
    if (event.kind === 'switched') {
      this.#listener.switched(event.off);
    } else {
      this.#listener.request(event);
    }
  }

  #failed() {
    if (this.#connected) {
      this.#connected = false;
      this.#listener.lost();
    }
    // The browser reconnects by itself, unless the answer was no event stream.
    if (this.#source.readyState === EventSource.CLOSED) {
      setTimeout(() => this.listen(), AGAIN_MS);
    }
  }
}

/**
 * Looks for the embedded run. A deployed site has none.
 *
 * @returns {Promise<{off: string[], functions: string[], accounts: string[]} | null>}
 *   the statements that are off, the ids of the run's functions, and the accounts
 */
export async function findRun() {
  try {
    return await ask('_permissions');
  } catch (cause) {
    console.info('No embedded run:', cause.message);
    return null;
  }
}

/** The state of the embedded run; null if something else answers. */
async function ask(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (!response.ok || !isJson) {
    return null;
  }
  const state = await response.json();
  return [state.off, state.functions, state.accounts].every(Array.isArray) ? state : null;
}

async function change(path) {
  // A page of another origin cannot send this header.
  const response = await fetch(path, { method: 'POST', headers: { 'X-Rediscover': 'permissions' } });
  if (response.status === 404) {
    throw new Error('The embedded run does not know this statement. Did its template change?');
  }
  if (!response.ok) {
    throw new Error(`The embedded run answered with status ${response.status}.`);
  }
  return (await response.json()).off;
}
