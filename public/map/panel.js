import { breakable, make } from './dom.js';

const WHERE = {
  'identity-based': (id) => `Execution role ${id.split('/')[0]}: what it may call`,
  'resource-based': (id) => `Resource-based policy: ${id.split('/')[0]}`,
  trust: (id) => `Trust policy of ${id.split('/')[0]}: who may run as this role`,
};

/** The side panel in which statements are read. */
export class Panel {
  #dialog = document.getElementById('panel');
  #title = document.getElementById('panel-title');
  #body = document.getElementById('panel-body');
  #statements;
  #makeSwitch;

  /**
   * @param {Record<string, {type: string, document: object}>} statements by id
   * @param {(id: string) => Element | null} makeSwitch null where nothing can be switched
   */
  constructor(statements, makeSwitch) {
    this.#statements = statements;
    this.#makeSwitch = makeSwitch;
    document.getElementById('panel-close').addEventListener('click', () => this.#dialog.close());
    // A click beside the panel closes it, too: beside it there is only the backdrop, which is the dialog's.
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  /** Shows what an arrow means and the statements that it stands for. */
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
      lines.push(make('p', {}, 'No statement allows this: it is denied.'));
    }
    this.#open(arrow.title, [...lines, ...statements.map((id) => this.statement(id))]);
  }

  /** Shows a role with all that is attached to it. */
  showRole(node, ids) {
    this.#open(node.role, [
      make(
        'p.sentence',
        {},
        `Lambda runs ${node.name} as this role, and nobody else has it: what ${node.name} may call is what stands here, and nothing more.`,
      ),
      ...[...node.trust, ...ids].map((id) => this.statement(id)),
    ]);
  }

  /** A statement with its name, its switch and its JSON. */
  statement(id) {
    const { type, document: json } = this.#statements[id];
    const toggle = this.#makeSwitch(id);
    const name = id.split('/').at(-1);
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

/** Why nobody stands on the left of a function that is polled for. */
export function whyNoPolicy({ name, role }, queues) {
  return `${name} has no resource-based policy, and needs none: no service invokes it. Lambda itself asks ${queues.join(' and ')} for messages, in the name of ${role}, and hands them over.`;
}
