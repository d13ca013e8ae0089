import { failureOf } from './computed.js';
import { breakable, make } from './dom.js';
import { icon } from './icons.js';

const SHORT_FORM_FROM = 10_000;
const numbers = new Intl.NumberFormat('en');
const shortNumbers = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/**
 * One arrow: its text, its element on the page, and its requests.
 *
 * @typedef {{service: string, kind: string, name: string, arn: string, account: string}} Target
 * @typedef {Target & {
 *   mode: 'push' | 'pull' | 'call' | 'trust' | 'access' | 'refuse' | 'redrive' | 'person',
 *   actions: string[],
 *   sentence: string,
 *   statements: string[],
 *   without?: {uses: {action: string, needs: Record<string, string>}[], then: string},
 * }} ArrowData
 */
export class Arrow {
  #count = make('span.count', { hidden: true });
  #heard = make('span.heard');
  #denial;
  /** The word for an arrow that is denied or switched off. */
  mark = make('span.mark', { hidden: true });

  /**
   * @param {ArrowData} data
   * @param {{id: string, name: string, role: string} | null} owner the function; null for an arrow of no function
   */
  constructor(data, owner) {
    this.data = data;
    this.owner = owner;
    /** How many requests were made, and how many were denied. */
    this.made = 0;
    this.denied = 0;
    this.#denial = null;
    /** What a lesson shows here instead of the real state: a request and, if denied, the reason. */
    this.staged = null;
    /** This arrow's statements that are switched off. */
    this.off = [];
    this.thing = thing(data);
    this.button = make(
      `button.label`,
      { type: 'button', 'aria-haspopup': 'dialog' },
      this.#words(),
      this.#count,
      this.#heard,
      this.mark,
    );
    this.switches = make('span.switches');
    this.lane = make('div.lane', {}, this.switches, this.button);
    this.item = make(`li.arrow.${data.mode}`, { 'data-account': data.account });
    this.render();
  }

  /** What the arrow does, in a word or two. */
  get title() {
    const { service, name } = this.data;
    const me = this.owner?.name;
    switch (this.data.mode) {
      case 'push':
        return `${service} invokes ${me}`;
      case 'pull':
        return `Lambda polls ${name} for ${me}`;
      case 'call':
        return `${me} uses ${name}`;
      case 'trust':
        return `Lambda runs ${me} with ${name}`;
      case 'person':
        return `${name} manages ${me}`;
      case 'redrive':
        return `${this.data.from} moves messages to ${name}`;
      default:
        return `Policy of ${name}`;
    }
  }

  /** The last denial, until a request is allowed again or the missing statement is restored. */
  get denial() {
    if (this.staged === null) {
      return this.#denial;
    }
    const { action, account, missing } = this.staged;
    return missing === '' ? null : { action, account, missing, wouldAllow: [] };
  }

  /** The action and its resource, as text. */
  requestOf({ action }) {
    return `${action} on ${['push', 'person'].includes(this.data.mode) ? this.owner.name : this.data.name}`;
  }

  /** Records a request. */
  note({ allowed, action, account, missing, wouldAllow }) {
    this.made += 1;
    if (allowed) {
      this.#denial = null;
    } else {
      this.denied += 1;
      this.#denial = { action, account, missing: missing ?? '', wouldAllow: wouldAllow ?? [] };
    }
  }

  /** Records which statements are switched off now. A restored statement is no longer missing. */
  switched(off) {
    this.off = this.data.statements.filter((id) => off.has(id));
    if (this.#denial?.wouldAllow.length > 0 && !this.#denial.wouldAllow.some((id) => off.has(id))) {
      this.#denial = null;
    }
  }

  /** Records what would be denied with these statements off. */
  compute(off) {
    this.#denial = failureOf(this.data.without, off);
  }

  get state() {
    if (this.denial !== null) {
      return 'denied';
    }
    if (this.staged?.getsIn) {
      return 'breach';
    }
    return this.off.length > 0 ? 'off' : 'on';
  }

  render() {
    const state = this.state;
    this.item.dataset.state = state;
    this.#count.hidden = this.made === 0;
    this.#count.textContent =
      this.made < SHORT_FORM_FROM ? numbers.format(this.made) : shortNumbers.format(this.made);
    this.mark.hidden = state === 'on';
    this.mark.textContent = { denied: '✕ denied', breach: '! allowed' }[state] ?? 'switched off';
    this.#heard.textContent = this.#tally();
  }

  /** The count as text, for screen readers. */
  #tally() {
    const denied = this.denied === 0 ? '' : `, ${numbers.format(this.denied)} denied`;
    const requests = this.made === 1 ? 'request' : 'requests';
    return this.made === 0 ? ' Show its policy.' : ` ${requests}${denied}. Show its policy.`;
  }

  #words() {
    const { mode, name, actions } = this.data;
    const verbs = { push: 'push', pull: 'pull: Lambda polls', access: 'allow', refuse: 'deny' };
    const actionNames = actions.map((action) => make('span.action', {}, action.replace(/^\w+:(?=\w)/, '')));
    const spaced = actionNames.flatMap((span, i) => (i === 0 ? [span] : [' ', span]));
    return make(
      'span.words',
      {},
      verbs[mode] === undefined ? null : make('span.verb', {}, verbs[mode]),
      verbs[mode] === undefined ? null : ' ',
      ...spaced,
      make('span.heard', {}, ['push', 'person'].includes(mode) ? ` from ${name}.` : ` on ${name}.`),
    );
  }
}

/** One end of an arrow: a resource or a principal. */
export function thing({ kind, service, name, account }) {
  return make(
    'div.thing',
    { 'data-account': account ?? null },
    icon(kind),
    make(
      'span.thing-words',
      {},
      make('span.thing-name', {}, ...breakable(name)),
      ' ',
      kind === 'everybody' ? null : make('span.thing-kind', {}, [service, kind].filter(Boolean).join(' ')),
    ),
  );
}
