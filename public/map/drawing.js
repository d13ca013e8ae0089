import { Arrow, thing } from './arrow.js';
import { breakable, make } from './dom.js';
import { icon } from './icons.js';
import { Lines } from './lines.js';
import { whyNoPolicy } from './panel.js';

/** How wide the map must be, in em, to show both questions beside their function: with little room, and with ample room. */
const PICTURE = { tight: 56, roomy: 70 };
const PICTURE_OF_TWO_ACCOUNTS = { tight: 78, roomy: 78 };

/** The map on the page. */
export class Drawing {
  #root;
  #functions = make('div.functions');
  #data;
  #panel;
  #lines;
  #rows = new Map();
  /** Where to show denials of arrows that belong to no function, and the boxes on the page. */
  #denials = new Map();
  #boxes = new Map();
  #ownAccount;
  /** @type {Arrow[]} */
  arrows = [];

  /**
   * @param {Element} root
   * @param {object} data permissions.json
   * @param {import('./panel.js').Panel} panel
   */
  constructor(root, data, panel) {
    this.#root = root;
    this.#data = data;
    this.#panel = panel;
    this.#lines = new Lines(root);
    this.#ownAccount = data.functions[0].account;
    this.#drawHeads();
    this.#root.append(this.#functions);
    this.#drawAccounts();
    data.functions.forEach((node) => this.#drawFunction(node));
    this.#drawResources();
    this.arrows.forEach((arrow) => this.render(arrow));
    new ResizeObserver(() => this.layOut()).observe(root);
    this.layOut();
  }

  /** Chooses between the picture and the list, and draws the lines. */
  layOut() {
    const em = Number.parseFloat(getComputedStyle(this.#root).fontSize);
    const needed = this.#root.classList.contains('two-accounts') ? PICTURE_OF_TWO_ACCOUNTS : PICTURE;
    const width = this.#root.clientWidth / em;
    this.#root.dataset.layout = width >= needed.tight ? 'picture' : 'list';
    this.#root.classList.toggle('tight', width < needed.roomy);
    this.#lines.draw();
  }

  /** Shows an arrow's state. */
  render(arrow) {
    arrow.render();
    this.#lines.render(arrow);
    this.#renderDenial(arrow);
  }

  pulse(arrow, allowed) {
    this.#lines.pulse(arrow, allowed);
  }

  /** Draws an arrow without a statement: for a request that nothing allows. */
  addMissing(functionId, data) {
    const row = this.#rows.get(functionId);
    if (row === undefined) {
      return null;
    }
    const arrow = this.#arrow(data, row.node);
    if (data.mode === 'call') {
      this.#placeCall(arrow, row);
    } else {
      this.#placeInvocation(arrow, row);
    }
    return arrow;
  }

  /** Removes an arrow from the map. */
  remove(arrow) {
    this.arrows = this.arrows.filter((other) => other !== arrow);
    this.#lines.remove(arrow);
    this.#boxes.get(arrow)?.box.remove();
    this.#boxes.delete(arrow);
    arrow.item.remove();
  }

  /** The part of the map that shows everything about an arrow. */
  placeOf(arrow) {
    const isPicture = this.#root.dataset.layout === 'picture';
    return isPicture ? (arrow.item.closest('.function') ?? arrow.item) : arrow.item;
  }

  /** Shows that the live run does not include a function. */
  markAbsent({ id }) {
    this.#rows.get(id).only.replaceChildren('Not in this run. To include it, start the run with ', make('code', {}, '-Dlocal.key=on'), '.');
  }

  /** The button in an arrow's denial box; the page sets it. */
  restoreButton = () => null;

  #arrow(data, owner) {
    const arrow = new Arrow(data, owner);
    arrow.button.addEventListener('click', () => this.#panel.showArrow(arrow));
    this.arrows.push(arrow);
    return arrow;
  }

  #drawAccounts() {
    const accounts = new Set([this.#ownAccount]);
    for (const { invokedBy, mayCall } of this.#data.functions) {
      [...invokedBy, ...mayCall].forEach(({ account }) => accounts.add(account));
    }
    if (accounts.size === 1) {
      return;
    }
    this.#root.classList.add('two-accounts');
    const others = [...accounts].filter((account) => account !== this.#ownAccount);
    this.#functions.append(
      make('div.frame.theirs', {}, make('p', {}, `Account ${others.join(', ')}`)),
      make('div.frame.ours', {}, make('p', {}, `Account ${this.#ownAccount}`)),
    );
  }

  #drawHeads() {
    // Hidden from screen readers: each function has the same words as its own headings.
    this.#root.append(
      make(
        'div.heads',
        { 'aria-hidden': 'true' },
        make('p.head-left', {}, 'Who may invoke it'),
        make('p.head-middle', {}, 'The function'),
        make('p.head-right', {}, 'What it may call'),
      ),
    );
  }

  #drawFunction(node) {
    const pulls = node.invokedBy.filter(({ mode }) => mode === 'pull');
    // Polling appears once, on the left: it is how the function gets its messages.
    const calls = node.mayCall.filter(({ statements }) => !pulls.some((pull) => shares(pull, statements)));
    const pushes = node.invokedBy.filter(({ mode }) => mode === 'push');
    const policy = [...new Set(pushes.flatMap(({ statements }) => statements))];
    const ofRole = [...new Set(node.mayCall.flatMap(({ statements }) => statements))];

    const trust = this.#trustOf(node);
    const role = make(
      'button.role',
      { type: 'button', 'aria-haspopup': 'dialog' },
      make('span.half-title', {}, 'Execution role'),
      ' ',
      make('span.half-text', {}, ...breakable(node.role)),
      trust.mark,
    );
    role.addEventListener('click', () => this.#panel.showRole(node, ofRole));
    const title = `function-${node.id}`;
    const card = trust.item;
    card.append(
      make('div.card-name', {}, make('span.lambda', { 'aria-hidden': 'true' }, icon('function')), make('h2', { id: title }, node.name)),
      make(
        'div.halves',
        {},
        make(
          `div.policy${policy.length === 0 ? '.none' : ''}`,
          {},
          make('span.half-title', {}, 'Resource-based policy'),
          ' ',
          make('span.half-text', {}, policy.length === 0 ? 'none' : statementsIn(policy.length)),
        ),
        role,
      ),
    );
    const only = make('p.only', { hidden: node.onlyWith === undefined }, 'Off by default. To turn it on, set the parameter ', make('code', {}, node.onlyWith ?? ''), '.');
    card.querySelector('.card-name').after(only);
    const left = make('ul');
    const right = make('ul');
    const denials = make('div.denials');
    const row = { node, card, left, right, denials, only };
    this.#rows.set(node.id, row);

    node.invokedBy.forEach((data) => this.#placeInvocation(this.#arrow(data, node), row));
    const polled = pulls.map((queue) => (this.#isForeign(queue) ? `${queue.name} of account ${queue.account}` : queue.name));
    const why = polled.length > 0 && policy.length === 0 ? make('p.why', {}, whyNoPolicy(node, polled)) : null;
    calls.forEach((data) => this.#placeCall(this.#arrow(data, node), row));

    this.#functions.append(
      make(
        'article.function',
        { 'aria-labelledby': title },
        card,
        make('div.side.left', {}, make('h3', {}, 'Who may invoke it'), left, why),
        make('div.side.right', {}, make('h3', {}, 'What it may call'), right),
        denials,
      ),
    );
  }

  /** The trust policy of a function's role. It has no arrow of its own: the function's card represents it. */
  #trustOf(node) {
    const trust = new Arrow(
      {
        mode: 'trust',
        service: 'IAM',
        kind: 'role',
        name: node.role,
        arn: '',
        account: node.account,
        actions: ['sts:AssumeRole'],
        sentence: `Lambda may run ${node.name} as ${node.role}.`,
        statements: node.trust,
        without: node.withoutTrust,
      },
      node,
    );
    trust.item = make('div.card');
    this.arrows.push(trust);
    return trust;
  }

  #placeInvocation(arrow, { card, left }) {
    const foreign = this.#isForeign(arrow.data);
    arrow.item.classList.toggle('foreign', foreign);
    arrow.item.append(arrow.thing, this.#accountNote(arrow.data), arrow.lane);
    left.append(arrow.item);
    if (arrow.data.mode === 'pull') {
      this.#lines.add(arrow, card, arrow.thing, 'from');
    } else {
      this.#lines.add(arrow, arrow.thing, card, 'to');
    }
  }

  #placeCall(arrow, { card, right }) {
    arrow.item.classList.toggle('foreign', this.#isForeign(arrow.data));
    arrow.item.append(arrow.lane, arrow.thing, this.#accountNote(arrow.data));
    right.append(arrow.item);
    this.#lines.add(arrow, card, arrow.thing, 'from');
  }

  #isForeign({ account }) {
    return account !== this.#ownAccount;
  }

  #accountNote({ account }) {
    return make('p.account', { hidden: account === this.#ownAccount }, `In account ${account}`);
  }

  #drawResources() {
    const list = make('ul.written');
    for (const resource of this.#data.resources) {
      for (const access of resource.access) {
        const denies = access.statements.some((id) => this.#data.statements[id].document.Effect === 'Deny');
        const from = access.from ?? { kind: 'everybody', service: '', name: access.who };
        this.#placeWritten(list, from, {
          ...targetOf(resource),
          mode: denies ? 'refuse' : 'access',
          actions: access.actions,
          sentence: access.sentence,
          statements: access.statements,
          without: access.without,
          source: access.from?.arn,
        });
      }
      if (resource.redrive !== undefined) {
        const { to, receives, sentence } = resource.redrive;
        this.#placeWritten(list, resource, {
          ...targetOf(to),
          mode: 'redrive',
          actions: [`after ${receives} receives`],
          sentence,
          statements: [],
          from: resource.name,
        });
      }
    }
    if (list.childElementCount > 0) {
      this.#root.append(
        make(
          'section.also',
          { 'aria-labelledby': 'also-title' },
          make('h2', { id: 'also-title' }, 'Policies of other resources'),
          make(
            'p.also-lead',
            {},
            'Queues, topics and buckets have resource-based policies too. A redrive policy needs no permission at all.',
          ),
          list,
        ),
      );
    }
  }

  #placeWritten(list, from, data) {
    const arrow = this.#arrow(data, null);
    const start = thing(from);
    const denials = make('div.denials');
    arrow.item.append(start, arrow.lane, arrow.thing, make('p.sentence', {}, data.sentence), denials);
    this.#denials.set(arrow, denials);
    list.append(arrow.item);
    this.#lines.add(arrow, start, arrow.thing, null);
  }

  /** Shows below the arrow's function what was denied, and which statement is missing. */
  #renderDenial(arrow) {
    const shownBefore = this.#boxes.get(arrow);
    const content = this.#explanation(arrow);
    if (shownBefore?.key === content.key) {
      return;
    }
    // If the box's button has the focus, the arrow takes it.
    const focusHeld = shownBefore?.box.contains(document.activeElement) ?? false;
    shownBefore?.box.remove();
    this.#boxes.delete(arrow);
    if (focusHeld) {
      arrow.button.focus({ preventScroll: true });
    }
    if (content.key === undefined) {
      return;
    }
    const box = make(
      'div.denial',
      { 'data-state': arrow.state },
      make(
        'div.denial-words',
        {},
        make('p.denial-title', {}, content.title),
        content.refuses === undefined ? null : make('p.refuses', {}, content.refuses),
        ...content.words.filter((words) => words !== '').map((words) => make('p', {}, words)),
        this.restoreButton(content.restore),
      ),
      ...content.statements.map((id) => this.#panel.statement(id)),
    );
    this.#boxes.set(arrow, { box, key: content.key });
    (this.#denials.get(arrow) ?? this.#rows.get(arrow.owner.id).denials).prepend(box);
  }

  /** The content of an arrow's denial box; without a key, it has none. */
  #explanation(arrow) {
    const { denial, staged } = arrow;
    const then = staged === null ? (arrow.data.without?.then ?? '') : staged.then;
    const edited = staged === null || staged.statement === null ? [] : [staged.statement];
    if (denial !== null) {
      return {
        key: JSON.stringify([denial, staged]),
        title: `✕ Denied: ${arrow.requestOf(denial)}`,
        refuses: this.#root.classList.contains('two-accounts') ? `Account ${denial.account} refuses.` : undefined,
        words: [sentenceOf(denial.missing), staged === null ? missingStatement(arrow) : staged.why, then],
        restore: denial.wouldAllow,
        statements: staged === null ? statementsMissing(arrow) : edited,
      };
    }
    if (arrow.state === 'breach') {
      const title = `! Allowed: ${arrow.requestOf(staged)}`;
      return { key: JSON.stringify(staged), title, words: [then], restore: [], statements: edited };
    }
    if (arrow.state === 'off' && arrow.data.mode === 'refuse') {
      const title = `Switched off: ${arrow.off.join(', ')}`;
      return { key: title, title, words: [then], restore: arrow.off, statements: [] };
    }
    return {};
  }
}

/** The statements that would allow the denied request: those that are off, or else those in the map's data. */
function statementsMissing({ data, denial }) {
  if (denial.wouldAllow.length > 0) {
    return denial.wouldAllow;
  }
  return isExplicit(denial) ? [] : data.statements;
}

/** Which statement is missing, if known. */
export function missingStatement(arrow) {
  const shown = statementsMissing(arrow).join(', ');
  if (arrow.denial.wouldAllow.length > 0) {
    return `Missing: ${shown}, which ${arrow.denial.wouldAllow.length === 1 ? 'is' : 'are'} switched off.`;
  }
  if (isExplicit(arrow.denial)) {
    return 'Nothing is missing: an explicit Deny overrides every Allow.';
  }
  return shown === ''
    ? 'Missing: a statement that allows it. The template has none.'
    : `Missing: ${shown}. The map has it, but the running template lacks it or has another version.`;
}

function isExplicit({ missing }) {
  return missing.includes('explicit deny');
}

function targetOf({ service, kind, name, arn, account }) {
  return { service, kind, name, arn, account };
}

function sentenceOf(reason) {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}

function shares(pull, statements) {
  return statements.some((id) => pull.statements.includes(id));
}

function statementsIn(count) {
  return count === 1 ? '1 statement' : `${count} statements`;
}
