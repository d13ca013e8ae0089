const AGAIN_MS = 3_000;

/**
 * The live side of the map, which the embedded run serves: what is called, what is denied, and which
 * statements are switched off.
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

  /** Listens from now on, and again whenever the connection was lost. */
  listen() {
    this.#source = new EventSource('_permissions/events');
    this.#source.addEventListener('open', () => this.#opened());
    this.#source.addEventListener('message', (message) => this.#heard(message.data));
    this.#source.addEventListener('error', () => this.#failed());
  }

  /**
   * Switches a statement on or off.
   *
   * @throws {Error} if that was not done
   */
  async set(statement, on) {
    const path = `_permissions/${on ? 'on' : 'off'}?statement=${encodeURIComponent(statement)}`;
    this.#listener.switched(await change(path));
  }

  /**
   * Switches every statement on.
   *
   * @throws {Error} if that was not done
   */
  async restore() {
    this.#listener.switched(await change('_permissions/reset'));
  }

  async #opened() {
    try {
      // What was switched while nobody listened was not heard.
      const state = await ask('_permissions');
      if (state === null) {
        throw new Error('it is not the embedded run that answers');
      }
      this.#connected = true;
      this.#listener.switched(state.off);
      this.#listener.connected();
    } catch (cause) {
      console.info('The live side does not answer:', cause.message);
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
    // The browser tries again by itself, unless something answered that is no stream of events.
    if (this.#source.readyState === EventSource.CLOSED) {
      setTimeout(() => this.listen(), AGAIN_MS);
    }
  }
}

/**
 * Looks for the embedded run; on a deployed site there is none.
 *
 * @returns {Promise<{off: string[], functions: string[], accounts: string[]} | null>}
 *   the statements that are off, the ids of the functions that are there, and the accounts
 */
export async function findRun() {
  try {
    return await ask('_permissions');
  } catch (cause) {
    console.info('No live side:', cause.message);
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
  // The header is one that a page of another origin cannot send.
  const response = await fetch(path, { method: 'POST', headers: { 'X-Rediscover': 'permissions' } });
  if (response.status === 404) {
    throw new Error('The embedded run does not know this statement; was its template changed?');
  }
  if (!response.ok) {
    throw new Error(`The embedded run answered with status ${response.status}.`);
  }
  return (await response.json()).off;
}
