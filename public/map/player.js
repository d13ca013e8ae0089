import { make } from './dom.js';
import { LESSONS } from './lessons.js';

const DONE = 'rediscover.lessons';

/** Plays lessons on the map. */
export class Player {
  #stage;
  #accounts;
  #isLive;
  #lesson = null;
  #step = 0;
  /** Whether a step's action is on its way: another click has to wait. */
  #acting = false;
  #done = new Set(remembered());
  #list = document.getElementById('lesson-list');
  #box = document.getElementById('player');
  #where = make('p.player-where');
  #title = make('h2', { id: 'player-title', tabindex: '-1' });
  #say = make('p.player-say');
  #note = make('p.player-note');
  #source = make('p.player-source');
  #button = make('button', { type: 'button' });
  #end = make('button.quiet', { type: 'button' });

  /**
   * @param {{
   *   act(act: object): Promise<boolean>,
   *   show(what: string): void,
   *   end(): Promise<void>,
   * }} stage runs a step's action on the map
   * @param {number} accounts of the picture
   * @param {boolean} isLive
   */
  constructor(stage, accounts, isLive) {
    this.#stage = stage;
    this.#accounts = accounts;
    this.#isLive = isLive;
    this.#box.append(
      make('div.player-head', {}, this.#where, this.#title),
      // Announced after each step, while the focus stays on the button.
      make('div.player-text', { 'aria-live': 'polite' }, this.#say, this.#note, this.#source),
      make('div.player-actions', {}, this.#button, this.#end),
    );
    this.#button.addEventListener('click', () => this.#goOn());
    this.#end.addEventListener('click', () => this.end());
    this.#drawList();
  }

  /** Starts the lesson with this id, if it belongs to this picture. */
  async begin(id) {
    const lesson = LESSONS.find((candidate) => candidate.id === id);
    if (lesson === undefined || lesson.accounts !== this.#accounts) {
      return;
    }
    await this.#stage.end();
    this.#lesson = lesson;
    this.#step = 0;
    this.#box.hidden = false;
    document.documentElement.classList.add('learning');
    this.#drawList();
    if (lesson.begin !== undefined) {
      await this.#stage.act(lesson.begin);
    }
    this.#render();
    this.#title.focus({ preventScroll: true });
  }

  /** Ends the lesson and restores the map. */
  async end() {
    const { id } = this.#lesson;
    this.#lesson = null;
    this.#box.hidden = true;
    document.documentElement.classList.remove('learning');
    await this.#stage.end();
    this.#drawList();
    this.#list.querySelector(`[href$="lesson=${id}"]`).focus();
  }

  async #goOn() {
    const lesson = this.#lesson;
    const { act } = lesson.steps[this.#step];
    if (act === undefined) {
      this.#leaveFor(nextOf(lesson));
    } else if (!this.#acting && (await this.#isDone(act)) && lesson === this.#lesson) {
      this.#step += 1;
      if (this.#step === lesson.steps.length - 1) {
        this.#done.add(lesson.id);
        remember([...this.#done]);
        this.#drawList();
      }
      this.#render();
    }
  }

  async #isDone(act) {
    this.#acting = true;
    try {
      return await this.#stage.act(act);
    } finally {
      this.#acting = false;
    }
  }

  /** The next lesson may be on the other picture, which is another page. */
  #leaveFor(lesson) {
    if (lesson.accounts === this.#accounts) {
      this.begin(lesson.id);
    } else {
      location.assign(addressOf(lesson));
    }
  }

  #render() {
    const { steps, title, source } = this.#lesson;
    const { say, live, show, button, act } = steps[this.#step];
    const isLast = this.#step === steps.length - 1;
    this.#where.textContent = `Lesson ${LESSONS.indexOf(this.#lesson) + 1} of ${LESSONS.length}, step ${this.#step + 1} of ${steps.length}`;
    this.#title.textContent = title;
    this.#say.textContent = this.#isLive ? (live ?? say) : say;
    const experiment = act?.write ?? act?.stage ?? this.#lesson.begin?.stage;
    this.#note.hidden = !this.#isLive || experiment === undefined;
    this.#note.textContent = 'Computed: the embedded run keeps its own policies.';
    this.#source.hidden = !isLast;
    this.#source.replaceChildren('AWS documentation: ', make('a', { href: source[1], rel: 'noopener' }, source[0]), '.');
    this.#button.textContent = isLast ? `Next: ${nextOf(this.#lesson).title}` : button;
    this.#end.textContent = isLast ? 'Back to the map' : 'End the lesson';
    this.#stage.show(show);
  }

  #drawList() {
    this.#list.replaceChildren(
      ...LESSONS.map((lesson) => {
        const done = this.#done.has(lesson.id);
        const link = make(
          'a',
          { href: addressOf(lesson), 'aria-current': lesson === this.#lesson ? 'step' : null },
          lesson.title,
          done ? make('span.lesson-done', {}, make('span', { 'aria-hidden': 'true' }, ' ✓'), make('span.heard', {}, ' (done)')) : null,
        );
        link.addEventListener('click', (event) => {
          const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
          if (plain && lesson.accounts === this.#accounts) {
            event.preventDefault();
            this.begin(lesson.id);
          }
        });
        return make('li', {}, link);
      }),
    );
  }
}

function nextOf(lesson) {
  return LESSONS[(LESSONS.indexOf(lesson) + 1) % LESSONS.length];
}

function addressOf({ id, accounts }) {
  return `permissions.html?accounts=${accounts}&lesson=${id}`;
}

/** A browser may refuse storage. Then it does not remember your lessons. */
function remember(ids) {
  try {
    localStorage.setItem(DONE, ids.join(' '));
  } catch (refused) {
    console.info('Cannot store the lesson:', refused.message);
  }
}

function remembered() {
  try {
    return (localStorage.getItem(DONE) ?? '').split(' ');
  } catch (refused) {
    console.info('Cannot read the stored lessons:', refused.message);
    return [];
  }
}
