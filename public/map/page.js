import { Drawing, missingStatement } from './drawing.js';
import { make } from './dom.js';
import { Finder } from './finder.js';
import { Live } from './live.js';
import { Panel } from './panel.js';
import { Switches } from './switches.js';

const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat('en');

/** The data of each picture. Only the one of a single account is what the embedded run plays. */
const PICTURES = { 1: 'permissions.json', 2: 'permissions-two-accounts.json' };

start();

async function start() {
  const accounts = new URLSearchParams(location.search).get('accounts') === '2' ? 2 : 1;
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
    showProblem('The map’s data could not be loaded. Please load the page again.');
    return;
  }
  const page = new Page(data);
  if (accounts === 1) {
    await page.lookForLiveSide();
  } else {
    page.stayStill('With a topic and a queue of another account. Where an arrow crosses the border, both accounts have to allow it.');
  }
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

/** Brings the picture and the live side together. */
class Page {
  #live = new Live(this);
  #isLive = false;
  #switches = new Switches((statement, on) => this.#change(() => this.#live.set(statement, on)));
  #makeSwitch;
  #off = new Set();
  /** The statements of functions that are not in this run. */
  #absent = new Set();
  #data;
  #drawing;
  #finder;
  #made = 0;
  #denied = 0;
  #lostOnce = false;
  #changed = new Set();
  #pulses = new Map();
  #scheduled = false;

  constructor(data) {
    this.#data = data;
    this.#makeSwitch = (id) => this.#switches.make(id, data.statements[id].type);
    const panel = new Panel(data.statements, (id) => (this.#isLive && !this.#absent.has(id) ? this.#makeSwitch(id) : null));
    this.#drawing = new Drawing(byId('map'), data, panel);
    this.#drawing.restoreButton = (statements) => this.#makeRestoreButton(statements);
    this.#finder = new Finder(this.#drawing, data);
    byId('restore').addEventListener('click', () => {
      if (this.#off.size > 0) {
        this.#change(() => this.#live.restore());
      }
    });
  }

  async lookForLiveSide() {
    this.#isLive = await this.#live.exists();
    if (!this.#isLive) {
      this.stayStill(
        'This is the still picture. To watch it live, with every statement to switch off and on, run ',
        make('code', {}, 'mvn -Plocal'),
        ' and open the map there.',
      );
      return;
    }
    byId('live').hidden = false;
    byId('live').dataset.state = 'connecting';
    byId('restore').hidden = false;
    this.#markAbsent();
    for (const arrow of this.#drawing.arrows) {
      const statements = arrow.data.statements.filter((id) => !this.#absent.has(id));
      arrow.switches.append(...statements.map(this.#makeSwitch));
    }
    this.#drawing.layOut();
    this.#renderState();
    this.#live.listen();
  }

  /** The map shows all that there can be; a run may have been started without some of it. */
  #markAbsent() {
    for (const node of this.#data.functions) {
      if (!this.#live.functions.includes(node.id)) {
        const arrows = [...node.invokedBy, ...node.mayCall];
        this.#absent = new Set([...this.#absent, ...node.trust, ...arrows.flatMap(({ statements }) => statements)]);
        this.#drawing.markAbsent(node);
      }
    }
  }

  /** Says why nothing moves here. */
  stayStill(...words) {
    byId('live').hidden = false;
    byId('live').dataset.state = 'still';
    byId('live-state').replaceChildren(...words);
  }

  /** Something was called, or denied. */
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
        announce(`Denied: ${arrow.title}, ${arrow.deniedRequest}. ${missingStatement(arrow)}`);
      }
    }
    this.#renderSoon();
  }

  /** Other statements are off than before. */
  switched(off) {
    const before = this.#off;
    this.#off = new Set(off);
    this.#switches.show(this.#off);
    for (const arrow of this.#drawing.arrows) {
      arrow.switched(this.#off);
      this.#changed.add(arrow);
    }
    const now = off.filter((id) => !before.has(id));
    const again = [...before].filter((id) => !this.#off.has(id));
    const news = [
      now.length > 0 ? `Switched off: ${now.join(', ')}.` : '',
      again.length > 0 ? `Switched on: ${again.join(', ')}.` : '',
    ];
    announce(news.filter(Boolean).join(' '));
    this.#renderSoon();
  }

  connected() {
    byId('live').dataset.state = 'live';
    if (this.#lostOnce) {
      announce('Connected again.');
    }
    this.#renderSoon();
  }

  lost() {
    this.#lostOnce = true;
    byId('live').dataset.state = 'lost';
    announce('The connection to the embedded run was lost. Trying again.');
    this.#renderSoon();
  }

  async #change(how) {
    try {
      await how();
      showProblem('');
    } catch (cause) {
      console.error(cause);
      const unreachable = cause instanceof TypeError;
      showProblem(unreachable ? 'Nothing was switched: the embedded run does not answer.' : `Nothing was switched. ${cause.message}`);
    }
  }

  #makeRestoreButton(statements) {
    if (statements.length === 0) {
      return null;
    }
    const button = make('button.quiet', { type: 'button' }, statements.length === 1 ? 'Switch it on again' : 'Switch them on again');
    button.addEventListener('click', async () => {
      for (const id of statements) {
        await this.#change(() => this.#live.set(id, true));
      }
    });
    return button;
  }

  /** Many requests may come between two pictures. */
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
      connecting: 'Connecting to the embedded run.',
      lost: 'Connection lost. Trying again; this is how it last was.',
      live: `Live. ${this.#made === 0 ? 'Ask for a like and watch.' : `${tally}.`}`,
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

function plural(count, word) {
  return `${numbers.format(count)} ${word}${count === 1 ? '' : 's'}`;
}
