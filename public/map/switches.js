import { make } from './dom.js';

/** The switches of statements. One statement may have several on the page. */
export class Switches {
  #set;
  #off = new Set();
  #switches = new Map();

  /** @param {(statement: string, on: boolean) => void} set switches a statement */
  constructor(set) {
    this.#set = set;
  }

  /**
   * A new switch.
   *
   * @param {string} statement its id
   * @param {string} type of its policy
   */
  make(statement, type) {
    const button = make(`button.switch.${type}`, {
      type: 'button',
      role: 'switch',
      'aria-label': `Statement ${statement}`,
      title: statement,
    });
    // The switch moves only after the embedded run has confirmed.
    button.addEventListener('click', () => this.#set(statement, this.#off.has(statement)));
    this.#switches.set(button, statement);
    this.#render(button, statement);
    return button;
  }

  /** Shows which statements are off. */
  show(off) {
    this.#off = off;
    for (const [button, statement] of this.#switches) {
      if (button.isConnected) {
        this.#render(button, statement);
      } else {
        this.#switches.delete(button);
      }
    }
  }

  #render(button, statement) {
    button.setAttribute('aria-checked', String(!this.#off.has(statement)));
  }
}
