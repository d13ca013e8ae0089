import { Computed } from './computed.js';
import { Drawing, missingStatement } from './drawing.js';
import { make } from './dom.js';
import { Finder } from './finder.js';
import { LESSONS } from './lessons.js';
import { Live, findRun } from './live.js';
import { Panel } from './panel.js';
import { Player } from './player.js';
import { Stage } from './stage.js';
import { Switches } from './switches.js';

const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat('en');

/** The data of each picture. */
const PICTURES = { 1: 'permissions.json', 2: 'permissions-two-accounts.json' };

async function start() {
  const run = await findRun();
  const asked = new URLSearchParams(location.search).get('accounts') ?? String(run?.accounts.length);
  const accounts = asked === '2' ? 2 : 1;
  for (const [i, link] of document.querySelectorAll('.accounts a').entries()) {
    link.removeAttribute('aria-current');
    if (i + 1 === accounts) {
      link.setAttribute('aria-current', 'true');
    }
  }
  byId('other-account').hidden = accounts === 1;
  let data;
  try {
    data = await load(PICTURES[accounts]);
  } catch (cause) {
    console.error(cause);
    showProblem('The map could not load its data. Reload the page.');
    return;
  }
  // Draws only with complete data, so that nothing moves afterwards.
  const page = new Page(data, run?.accounts.length === accounts ? run : null);
  byId('how-live').replaceChildren(...howToWatch(run, accounts));
  page.teach(accounts);
}

/** How to see real calls. */
function howToWatch(run, accounts) {
  if (run !== null && run.accounts.length === 2) {
    return ['The embedded run has two accounts: choose “Two accounts” to watch it live.'];
  }
  const command = `mvn -Plocal${accounts === 2 ? ' -Dlocal.accounts=2' : ''}`;
  return ['To watch real calls, run ', make('code', {}, command), ' and open its map.'];
}

async function load(file) {
  const response = await fetch(file, { cache: 'no-cache' });
  if (!response.ok) {
    throw new Error(`${file}: status ${response.status}`);
  }
  return response.json();
}

function showProblem(text) {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';
}

/** Connects the picture with the embedded run, or with the computed results. */
class Page {
  #live = new Live(this);
  #isLive = false;
  /** What switches statements: the embedded run, or the computed results. */
  #side = new Computed(this);
  #switches = new Switches((statement, on) => this.#change(() => this.#side.set(statement, on)));
  #makeSwitch;
  #off = new Set();
  /** The statements of functions that this run does not include. */
  #absent = new Set();
  #data;
  #drawing;
  #panel;
  #finder;
  #made = 0;
  #denied = 0;
  #lostOnce = false;
  #changed = new Set();
  #pulses = new Map();
  #scheduled = false;

  /**
   * @param {object} data permissions.json
   * @param {{functions: string[]} | null} run the embedded run to watch
   */
  constructor(data, run) {
    this.#data = data;
    this.#isLive = run !== null;
    this.#makeSwitch = (id) => this.#switches.make(id, data.statements[id].type);
    this.#panel = new Panel(data.statements, (id) => (this.#absent.has(id) ? null : this.#makeSwitch(id)));
    this.#drawing = new Drawing(byId('map'), data, this.#panel);
    this.#drawing.restoreButton = (statements) => this.#makeRestoreButton(statements);
    this.#finder = new Finder(this.#drawing, data);
    byId('restore').addEventListener('click', () => {
      if (this.#off.size > 0) {
        this.#change(() => this.#side.restore());
      }
    });
    byId('live').hidden = false;
    byId('live').dataset.state = this.#isLive ? 'connecting' : 'computed';
    byId('how').hidden = this.#isLive;
    if (this.#isLive) {
      this.#side = this.#live;
      this.#markAbsent(run.functions);
    }
    for (const arrow of this.#drawing.arrows) {
      const statements = arrow.data.statements.filter((id) => !this.#absent.has(id));
      arrow.switches.append(...statements.map(this.#makeSwitch));
    }
    this.#drawing.layOut();
    this.#renderState();
    if (this.#isLive) {
      this.#live.listen();
    }
  }

  /** Lists the lessons, and starts the one that the address names. */
  teach(accounts) {
    const stage = new Stage(this.#data, this.#drawing, this.#panel, (statement, on) => this.#change(() => this.#side.set(statement, on)));
    byId('lessons').hidden = LESSONS.length === 0;
    const player = new Player(stage, accounts, this.#isLive);
    player.begin(new URLSearchParams(location.search).get('lesson'));
  }

  /** The map shows every function; a run may not include all of them. */
  #markAbsent(present) {
    for (const node of this.#data.functions) {
      if (!present.includes(node.id)) {
        const arrows = [...node.invokedBy, ...node.mayCall];
        this.#absent = new Set([...this.#absent, ...node.trust, ...arrows.flatMap(({ statements }) => statements)]);
        this.#drawing.markAbsent(node);
      }
    }
  }

  /** A request was allowed or denied. */
  request(event) {
    const arrow = this.#finder.find(event);
    this.#made += 1;
    this.#denied += event.allowed ? 0 : 1;
    if (arrow !== null) {
      const wasDenied = arrow.denial !== null;
      arrow.note(event);
      this.#pulses.set(arrow, (this.#pulses.get(arrow) ?? true) && event.allowed);
      this.#changed.add(arrow);
      if (!event.allowed && !wasDenied) {
        announce(denialOf(arrow));
      }
    }
    this.#renderSoon();
  }

  /** The set of statements that are off has changed. */
  switched(off) {
    const before = this.#off;
    this.#off = new Set(off);
    const failing = [];
    this.#switches.show(this.#off);
    for (const arrow of this.#drawing.arrows) {
      const wasDenied = arrow.denial !== null;
      arrow.switched(this.#off);
      if (!this.#isLive) {
        arrow.compute(this.#off);
        if (arrow.denial !== null && !wasDenied) {
          failing.push(denialOf(arrow));
        }
      }
      this.#changed.add(arrow);
    }
    const now = off.filter((id) => !before.has(id));
    const again = [...before].filter((id) => !this.#off.has(id));
    const news = [
      now.length > 0 ? `Switched off: ${now.join(', ')}.` : '',
      again.length > 0 ? `Switched on: ${again.join(', ')}.` : '',
    ];
    announce([...news, ...failing].filter(Boolean).join(' '));
    this.#renderSoon();
  }

  connected() {
    byId('live').dataset.state = 'live';
    if (this.#lostOnce) {
      announce('Reconnected.');
    }
    this.#renderSoon();
  }

  lost() {
    this.#lostOnce = true;
    byId('live').dataset.state = 'lost';
    announce('Lost the connection to the embedded run. Reconnecting.');
    this.#renderSoon();
  }

  async #change(how) {
    try {
      await how();
      showProblem('');
      return true;
    } catch (cause) {
      console.error(cause);
      const unreachable = cause instanceof TypeError;
      showProblem(unreachable ? 'Nothing was switched. The embedded run does not answer.' : `Nothing was switched. ${cause.message}`);
      return false;
    }
  }

  #makeRestoreButton(statements) {
    if (statements.length === 0) {
      return null;
    }
    const button = make('button.quiet', { type: 'button' }, statements.length === 1 ? 'Switch it on again' : 'Switch them on again');
    button.addEventListener('click', async () => {
      for (const id of statements) {
        await this.#change(() => this.#side.set(id, true));
      }
    });
    return button;
  }

  /** Draws once per frame, however many requests arrive. */
  #renderSoon() {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#changed.forEach((arrow) => this.#drawing.render(arrow));
      this.#pulses.forEach((allowed, arrow) => this.#drawing.pulse(arrow, allowed));
      this.#changed.clear();
      this.#pulses.clear();
      this.#renderState();
    });
  }

  #renderState() {
    const tally = `${plural(this.#made, 'request')}, ${numbers.format(this.#denied)} denied`;
    byId('live-state').textContent = {
      computed: 'Computed: this page makes no calls.',
      connecting: 'Connecting to the embedded run.',
      lost: 'Connection lost. Reconnecting; the map shows the last known state.',
      live: `Live. ${this.#made === 0 ? 'Request a like and watch.' : `${tally}.`}`,
    }[byId('live').dataset.state];
    const off = [...this.#off];
    byId('live-off').textContent =
      off.length === 0 ? 'Every statement is on.' : `Switched off: ${off.join(', ')}`;
    byId('live-off').classList.toggle('some', off.length > 0);
    byId('restore').setAttribute('aria-disabled', String(off.length === 0));
  }
}

function announce(text) {
  if (text !== '') {
    byId('announcement').textContent = text;
  }
}

function denialOf(arrow) {
  return `Denied: ${arrow.title}, ${arrow.requestOf(arrow.denial)}. ${missingStatement(arrow)}`;
}

function plural(count, word) {
  return `${numbers.format(count)} ${word}${count === 1 ? '' : 's'}`;
}

start();
