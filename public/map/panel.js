import { breakable, make } from './dom.js';

const WHERE = {
  'identity-based': (id) => `Execution role ${id.split('/')[0]}: what it may call`,
  'resource-based': (id) => `Resource-based policy: ${id.split('/')[0]}`,
  trust: (id) => `Trust policy of ${id.split('/')[0]}: who may assume this role`,
};

/** The side panel that shows statements. */
export class Panel {
  #dialog = document.getElementById('panel');
  #title = document.getElementById('panel-title');
  #body = document.getElementById('panel-body');
  #statements;
  #makeSwitch;
  /** Statements as a lesson changes them, by id. */
  #edited = new Map();

  /**
   * @param {Record<string, {type: string, document: object}>} statements by id
   * @param {(id: string) => Element | null} makeSwitch returns null for a statement without a switch
   */
  constructor(statements, makeSwitch) {
    this.#statements = statements;
    this.#makeSwitch = makeSwitch;
    document.getElementById('panel-close').addEventListener('click', () => this.#dialog.close());
    // A click beside the panel also closes it. That click hits the backdrop, which belongs to the dialog.
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  /** Shows an arrow's meaning and its statements. */
  showArrow(arrow) {
    const { mode, sentence, arn, account, statements } = arrow.data;
    const lines = [make('p.sentence', {}, sentence)];
    if (mode === 'pull') {
      lines.push(make('p', {}, whyNoPolicy(arrow.owner, [arrow.data.name])));
    }
    if (arn !== '') {
      lines.push(
        make(
          'dl.facts',
          {},
          make('dt', {}, 'ARN'),
          make('dd', {}, make('code', {}, arn)),
          make('dt', {}, 'Account'),
          make('dd', {}, make('code', {}, account)),
        ),
      );
    }
    if (statements.length === 0 && mode !== 'redrive') {
      lines.push(make('p', {}, 'No statement allows this, so it is denied.'));
    }
    this.#open(arrow.title, [...lines, ...statements.map((id) => this.statement(id))]);
  }

  /** Shows a role with all its statements. */
  showRole(node, ids) {
    this.#open(node.role, [
      make(
        'p.sentence',
        {},
        `Lambda runs ${node.name} with this role, and no other function has it. ${node.name} may call only what these statements allow.`,
      ),
      ...[...node.trust, ...ids].map((id) => this.statement(id)),
    ]);
  }

  /**
   * Shows a statement from now on as a lesson changes it, with the changes marked; null ends that.
   *
   * @param {string} id
   * @param {{type: string, document: object, was?: object} | null} edited
   */
  edit(id, edited) {
    if (edited === null) {
      this.#edited.delete(id);
    } else {
      this.#edited.set(id, edited);
    }
  }

  /** A statement with its name, its switch and its JSON. */
  statement(id) {
    const name = id.split('/').at(-1);
    const edited = this.#edited.get(id);
    if (edited !== undefined) {
      return make(
        `section.statement.${edited.type}`,
        { 'aria-label': `Statement ${name}, as the lesson changes it` },
        make('p.statement-where', {}, `As the lesson changes it: ${id.split('/')[0]}`),
        make('div.statement-head', {}, make('h3', {}, ...breakable(name))),
        make('pre', {}, ...changes(edited.was, edited.document)),
      );
    }
    const { type, document: json } = this.#statements[id];
    const toggle = this.#makeSwitch(id);
    return make(
      `section.statement.${type}`,
      { 'aria-label': `Statement ${name}` },
      make('p.statement-where', {}, WHERE[type](id)),
      make('div.statement-head', {}, make('h3', {}, ...breakable(name)), toggle),
      make('pre', {}, JSON.stringify(json, null, 2)),
    );
  }

  #open(title, content) {
    this.#title.replaceChildren(...breakable(title));
    this.#body.replaceChildren(...content);
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    this.#dialog.scrollTop = 0;
    this.#title.focus();
  }
}

/** The lines of a statement, with deleted and new lines marked. */
function changes(was, now) {
  const lines = (json) => (json === undefined ? [] : JSON.stringify(json, null, 2).split('\n'));
  const before = lines(was);
  const after = lines(now);
  // Ignores a comma at the end, which only says that something follows.
  const same = (a, b) => a?.replace(/,$/, '') === b?.replace(/,$/, '');
  // The longest common subsequence of the lines from i and from j on.
  const common = before.concat('').map(() => Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i][j] = same(before[i], after[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const shown = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (same(before[i], after[j])) {
      shown.push(`${after[j]}\n`);
      i += 1;
      j += 1;
    } else if (j === after.length || (i < before.length && common[i + 1][j] >= common[i][j + 1])) {
      shown.push(make('del', {}, before[i]), '\n');
      i += 1;
    } else {
      shown.push(make('ins', {}, after[j]), '\n');
      j += 1;
    }
  }
  return shown;
}

/** Why a function with an event source mapping needs no resource-based policy. */
export function whyNoPolicy({ name, role }, queues) {
  return `${name} needs no resource-based policy. Its event source mapping polls ${queues.join(' and ')} with ${role}, and Lambda passes the messages to ${name}.`;
}
