import { makeSvg } from './dom.js';

/** How far from the function its lines meet: as a share of their length, and at most this many pixels. */
const FAN_PART = 0.19;
const FAN_MOST = 52;
const PULSE_MS = 900;
/** At least this long between two pulses: a hundred calls in a second become a steady stream. */
const PULSE_EVERY_MS = 220;
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws the lines of the arrows, and the pulses that run along them. */
export class Lines {
  #root;
  #svg = makeSvg('svg.lines', { 'aria-hidden': 'true', focusable: 'false' });
  #lines = new Map();

  constructor(root) {
    this.#root = root;
    root.append(this.#svg);
  }

  /**
   * @param {import('./arrow.js').Arrow} arrow
   * @param {Element} from
   * @param {Element} to
   * @param {'from' | 'to' | null} hub the end at a function, where lines meet
   */
  add(arrow, from, to, hub) {
    const line = makeSvg('path.line');
    const head = makeSvg('path.head');
    const pulse = makeSvg('path.pulse', { pathLength: '1' });
    const group = makeSvg(`g.${arrow.data.mode}`, {}, line, head, pulse);
    this.#svg.append(group);
    this.#lines.set(arrow, { from, to, hub, line, head, pulse, group, last: 0 });
  }

  remove(arrow) {
    this.#lines.get(arrow)?.group.remove();
    this.#lines.delete(arrow);
  }

  /** Redraws all lines after the page's size or content has changed. */
  draw() {
    const origin = this.#root.getBoundingClientRect();
    this.#svg.setAttribute('viewBox', `0 0 ${origin.width} ${origin.height}`);
    this.#svg.setAttribute('width', origin.width);
    this.#svg.setAttribute('height', origin.height);
    for (const [arrow, parts] of this.#lines) {
      const a = parts.from.getBoundingClientRect();
      const b = parts.to.getBoundingClientRect();
      const way = b.left >= a.right ? 1 : -1;
      const start = { x: (way > 0 ? a.right : a.left) - origin.left, y: middle(a) - origin.top };
      const end = { x: (way > 0 ? b.left : b.right) - origin.left - way, y: middle(b) - origin.top };
      const path = pathBetween(start, end, way, parts.hub);
      parts.line.setAttribute('d', path);
      parts.pulse.setAttribute('d', path);
      parts.end = { ...end, way };
      this.#drawHead(arrow, parts);
    }
  }

  /** Shows the state of an arrow, if it has a line. */
  render(arrow) {
    const parts = this.#lines.get(arrow);
    if (parts === undefined) {
      return;
    }
    parts.group.dataset.state = arrow.state;
    this.#drawHead(arrow, parts);
  }

  /** Shows a request on an arrow. */
  pulse(arrow, allowed) {
    const parts = this.#lines.get(arrow);
    const now = performance.now();
    if (parts === undefined || now - parts.last < PULSE_EVERY_MS) {
      return;
    }
    parts.last = now;
    arrow.button.animate([{ boxShadow: '0 0 0 0.3rem var(--tone-soft)' }, { boxShadow: '0 0 0 0 transparent' }], {
      duration: PULSE_MS,
      easing: 'ease-out',
    });
    if (stillness.matches) {
      return;
    }
    // A denied request does not arrive.
    const arrives = allowed ? -1 : -0.62;
    parts.pulse.animate(
      [
        { strokeDashoffset: 0.07, opacity: 1 },
        { strokeDashoffset: arrives * 0.9, opacity: 1, offset: 0.9 },
        { strokeDashoffset: arrives, opacity: 0 },
      ],
      { duration: PULSE_MS, easing: 'ease-in-out' },
    );
  }

  #drawHead(arrow, { head, end }) {
    if (end === undefined) {
      return;
    }
    const { x, y, way } = end;
    const crossed = arrow.state === 'denied' || arrow.data.mode === 'refuse';
    head.classList.toggle('crossed', crossed);
    head.setAttribute(
      'd',
      crossed
        ? `M${x - way * 14} ${y - 6} l${way * 12} 12 m0 -12 l${way * -12} 12`
        : `M${x} ${y} l${way * -11} -6 v12 Z`,
    );
  }
}

function pathBetween(start, end, way, hub) {
  const bend = way * Math.min(FAN_MOST, Math.abs(end.x - start.x) * FAN_PART);
  // The line ends inside its head, so it does not show at the tip.
  const tip = end.x - way * 6;
  if (hub === 'from') {
    const turn = start.x + bend;
    return `M${start.x} ${start.y} C${start.x + bend * 0.6} ${start.y} ${start.x + bend * 0.3} ${end.y} ${turn} ${end.y} H${tip}`;
  }
  if (hub === 'to') {
    const turn = end.x - bend;
    return `M${start.x} ${start.y} H${turn} C${end.x - bend * 0.3} ${start.y} ${end.x - bend * 0.6} ${end.y} ${tip} ${end.y}`;
  }
  return `M${start.x} ${start.y} H${tip}`;
}

function middle(box) {
  return box.top + box.height / 2;
}
