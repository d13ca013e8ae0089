/** Runs a lesson's actions on the map, and undoes them at the end. */
export class Stage {
  #data;
  #drawing;
  #panel;
  #switches;
  /** The arrows that show an experiment, by its name, and the arrows that only a lesson draws. */
  #shown = new Map();
  #drawn = new Set();
  /** Statements that the lesson has switched off. */
  #off = new Set();
  #lit = null;

  /**
   * @param {object} data permissions.json
   * @param {import('./drawing.js').Drawing} drawing
   * @param {import('./panel.js').Panel} panel
   * @param {(statement: string, on: boolean) => Promise<boolean>} switches
   */
  constructor(data, drawing, panel, switches) {
    this.#data = data;
    this.#drawing = drawing;
    this.#panel = panel;
    this.#switches = switches;
  }

  /** Runs a step's action; returns whether it succeeded. */
  async act({ on = [], off = [], clear = false, stage, write, then = '' }) {
    for (const id of on) {
      this.#off.delete(id);
    }
    for (const [id, to] of [...on.map((id) => [id, true]), ...off.map((id) => [id, false])]) {
      if (!(await this.#switches(id, to))) {
        return false;
      }
    }
    off.forEach((id) => this.#off.add(id));
    if (clear) {
      this.#clear();
    }
    if (stage !== undefined) {
      this.#experiment(stage, false, '');
    }
    if (write !== undefined) {
      this.#experiment(write, true, then);
    }
    return true;
  }

  /** Highlights the arrow of a statement or an experiment, and scrolls to it. */
  show(what) {
    const arrow = this.#shown.get(what) ?? this.#arrowOf(what);
    this.#light(arrow);
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    // The next frame draws the box that says what happens.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => this.#drawing.placeOf(arrow).scrollIntoView({ block: 'start', behavior })),
    );
  }

  async end() {
    this.#light(null);
    this.#clear();
    for (const id of this.#off) {
      await this.#switches(id, true);
    }
    this.#off.clear();
  }

  #experiment(name, written, then) {
    const { function: owner, statement, type, was, document, arrow: data, action, before, after } = this.#data.experiments[name];
    let arrow = this.#shown.get(name);
    if (arrow === undefined) {
      arrow = data === undefined ? this.#arrowOf(statement) : this.#drawing.addMissing(owner, { ...data, statements: [] });
      this.#shown.set(name, arrow);
      if (data !== undefined) {
        this.#drawn.add(arrow);
        arrow.item.classList.add('stranger');
      }
    }
    const edited = written && document !== undefined;
    this.#panel.edit(statement, edited ? { type, was, document } : null);
    const missing = written ? after : before;
    arrow.staged = {
      action,
      missing,
      getsIn: written && data !== undefined,
      why: data === undefined ? 'The statement exists, but it does not allow this.' : 'Nothing is missing: this denial is intended.',
      then,
      statement: edited ? statement : null,
    };
    this.#drawing.render(arrow);
    this.#drawing.layOut();
  }

  #clear() {
    for (const [name, arrow] of this.#shown) {
      this.#panel.edit(this.#data.experiments[name].statement, null);
      arrow.staged = null;
      if (this.#drawn.has(arrow)) {
        this.#drawing.remove(arrow);
      } else {
        this.#drawing.render(arrow);
      }
    }
    this.#shown.clear();
    this.#drawn.clear();
    this.#drawing.layOut();
  }

  #arrowOf(statement) {
    return this.#drawing.arrows.find(({ data }) => data.statements.includes(statement));
  }

  #light(arrow) {
    this.#lit?.item.classList.remove('lit');
    this.#lit = arrow;
    arrow?.item.classList.add('lit');
  }
}
