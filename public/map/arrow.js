import { failureOf } from './computed.js';
import { breakable, make } from './dom.js';
import { icon } from './icons.js';

const SHORT_FORM_FROM = 10_000;
const numbers = new Intl.NumberFormat('en');
const shortNumbers = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/**
 * One arrow: what it says, how it stands on the page, and what has happened on it.
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
  /** Says that the arrow is denied or switched off, in words. */
  mark = make('span.mark', { hidden: true });

  /**
   * @param {ArrowData} data
   * @param {{id: string, name: string, role: string} | null} owner the function, if it is one's
   */
  constructor(data, owner) {
    this.data = data;
    this.owner = owner;
    /** Requests that were made, and how many of them were denied. */
    this.made = 0;
    this.denied = 0;
    this.#denial = null;
    /** What a lesson shows here instead of what is: a request, and why it is denied, if it is. */
    this.staged = null;
    /** Statements of this arrow that are switched off. */
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
        return `Lambda runs ${me} as ${name}`;
      case 'person':
        return `${name} works on ${me}`;
      case 'redrive':
        return `${this.data.from} hands over to ${name}`;
      default:
        return `What ${name} itself says`;
    }
  }

  /** The last denial, until a request is allowed again or what was missing is restored. */
  get denial() {
    if (this.staged === null) {
      return this.#denial;
    }
    const { action, account, missing } = this.staged;
    return missing === '' ? null : { action, account, missing, wouldAllow: [] };
  }

  /** The action and what it is about, in words. */
  requestOf({ action }) {
    return `${action} on ${['push', 'person'].includes(this.data.mode) ? this.owner.name : this.data.name}`;
  }

  /** Takes note of a request. */
  note({ allowed, action, account, missing, wouldAllow }) {
    this.made += 1;
    if (allowed) {
      this.#denial = null;
    } else {
      this.denied += 1;
      this.#denial = { action, account, missing: missing ?? '', wouldAllow: wouldAllow ?? [] };
    }
  }

  /** Takes note of what is switched off now. What has been restored is no longer missing. */
  switched(off) {
    this.off = this.data.statements.filter((id) => off.has(id));
    if (this.#denial?.wouldAllow.length > 0 && !this.#denial.wouldAllow.some((id) => off.has(id))) {
      this.#denial = null;
    }
  }

  /** Shows what would be denied with these statements off. */
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
    this.mark.textContent = { denied: '✕ denied', breach: '! gets in' }[state] ?? 'switched off';
    this.#heard.textContent = this.#tally();
  }

  /** The count in words, for those who do not see where it stands. */
  #tally() {
    const denied = this.denied === 0 ? '' : `, ${numbers.format(this.denied)} of them denied`;
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

/** What an arrow starts from or points to. */
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
