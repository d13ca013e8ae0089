import { apiOrigin, askForLike, Problem } from './api.js';
import { Card } from './card.js';
import { takeKeyFromAddress } from './key.js';
import { explain } from './problems.js';
import { Ring } from './ring.js';
import { Walk } from './walk.js';

const SHOW_WAIT_MS = 300;
const LONG_WAIT_MS = 8_000;
const LAST_NAME = 'rediscover.name';
const NAME = /^[A-Za-z0-9_]{1,15}$/;

const byId = (id) => document.getElementById(id);
const form = byId('ask');
const input = byId('name');
const next = byId('next');
const retry = byId('retry');
const problemBox = byId('problem');
const walkBox = byId('walk');
const status = byId('status');
const announcement = byId('announcement');

const card = new Card();
const ring = new Ring(byId('ring'));
const numbers = new Intl.NumberFormat('en');

/** The walk on the page and the current request; null if none. */
let walk = null;
let asking = null;
/** What "Try again" does. */
let again = null;
/** The end of the pause that X requires, as a time in milliseconds, and the timer of its countdown. */
let pauseUntil = 0;
let countdown = null;

callNothingButTheApi();
start();

/** Adds the second policy that index.html describes. A page may do only what both policies allow. */
function callNothingButTheApi() {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src ${apiOrigin()}`;
  document.head.append(policy);
}

function start() {
  // The page shows its own message for an invalid name.
  form.noValidate = true;
  // Only the embedded run is sure to know this name, and it always runs on this machine.
  byId('sample-hint').hidden = !['127.0.0.1', 'localhost', '[::1]'].includes(location.hostname);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = clean(input.value);
    if (NAME.test(name) && new URLSearchParams(location.search).get('u') !== name) {
      history.pushState(null, '', `?u=${encodeURIComponent(name)}`);
    }
    showLikesOf(name, next);
  });
  next.addEventListener('click', goOn);
  retry.addEventListener('click', () => {
    if (!pausing()) {
      again?.();
    }
  });
  addEventListener('keydown', onKey);
  addEventListener('popstate', followAddress);
  followAddress();
}

/** Shows the likes that the page's address names. */
function followAddress() {
  takeKeyFromAddress();
  const name = clean(new URLSearchParams(location.search).get('u') ?? '');
  if (name === '') {
    stopAsking();
    clear();
    input.value = lastName();
  } else {
    input.value = name;
    showLikesOf(name, null);
  }
}

function onKey(event) {
  const chord = event.ctrlKey || event.metaKey || event.altKey;
  // Elsewhere on the page the letter would act on what somebody dictates: https://www.w3.org/TR/WCAG22/#character-key-shortcuts
  const here = walkBox.contains(event.target);
  if (event.key?.toLowerCase() === 'n' && here && !event.repeat && !chord) {
    goOn();
  }
}

/**
 * Starts a walk at a random like.
 *
 * @param {string} name
 * @param {HTMLElement | null} focusAfter gets the focus with the like
 */
function showLikesOf(name, focusAfter) {
  hideProblem();
  if (!NAME.test(name)) {
    stopAsking();
    walkBox.hidden = true;
    showProblem(new Problem(400), name);
    return;
  }
  ask(new Walk(name), focusAfter);
}

/** Takes the next step of the walk. */
function goOn() {
  if (walk !== null && asking === null && !pausing()) {
    ask(walk, null);
  }
}

async function ask(theWalk, focusAfter) {
  stopAsking();
  const mine = new AbortController();
  asking = mine;
  setBusy(true);
  announcement.textContent = '';
  status.textContent = '';
  const waits = [
    setTimeout(() => {
      status.textContent = `Looking for a like of @${theWalk.name} …`;
      if (theWalk !== walk) {
        walkBox.hidden = true;
      }
    }, SHOW_WAIT_MS),
    setTimeout(() => {
      status.textContent = 'This takes longer than usual. X may be slow.';
    }, LONG_WAIT_MS),
  ];
  try {
    const like = await askForLike(theWalk.name, theWalk.cursor, mine.signal);
    if (asking === mine) {
      status.textContent = '';
      showLike(theWalk, like, focusAfter);
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    if (asking === mine) {
      status.textContent = '';
      walkBox.hidden = theWalk !== walk;
      again = () => ask(theWalk, next);
      showProblem(problem, theWalk.name);
    }
  } finally {
    waits.forEach(clearTimeout);
    if (asking === mine) {
      asking = null;
      setBusy(false);
    }
  }
}

function stopAsking() {
  asking?.abort();
  asking = null;
  setBusy(false);
}

/** Keeps the buttons focusable: a disabled button would lose the focus. */
function setBusy(busy) {
  document.body.classList.toggle('busy', busy);
  walkBox.setAttribute('aria-busy', String(busy));
  next.setAttribute('aria-disabled', String(busy));
}

function showLike(theWalk, like, focusAfter) {
  const began = theWalk.count === 0;
  const round = theWalk.stepTo(like.cursor);
  walk = theWalk;
  hideProblem();
  remember(walk.name);
  document.title = `@${walk.name} · Rediscover`;
  document.body.classList.add('walking');

  byId('walk-name').textContent = `@${walk.name}`;
  byId('ring-count').textContent = numbers.format(walk.count);
  byId('walk-note').textContent = note(walk, round);
  if (began || round) {
    ring.startAt(like.cursor);
  } else {
    ring.moveTo(like.cursor);
  }
  const said = card.show(like);
  walkBox.hidden = false;
  announcement.textContent = `${note(walk, round)} ${said}`;
  focusAfter?.focus({ preventScroll: true });
  if (focusAfter !== null) {
    walkBox.scrollIntoView({ block: 'nearest' });
  }
}

function note({ count, total }, round) {
  if (round && total === 1) {
    return 'This is the only like found.';
  }
  if (round) {
    const all = numbers.format(total);
    return `You have seen all ${all} likes once. The walk starts again here.`;
  }
  return `Like ${numbers.format(count)} of ${total === null ? 'this walk' : numbers.format(total)}.`;
}

function showProblem(problem, name) {
  const { title, advice, way } = explain(problem, name);
  byId('problem-title').textContent = title;
  byId('problem-advice').textContent = advice;
  byId('request-id').hidden = problem.requestId === null;
  byId('request-id-value').textContent = problem.requestId ?? '';
  document.title = `${title} · Rediscover`;

  const askAgain = way === 'again';
  byId('to-map').hidden = way !== 'map';
  // If the focused button is hidden, the keyboard needs another place.
  const focusHeld = problemBox.contains(document.activeElement) || document.activeElement === input;
  retry.hidden = !askAgain;
  if (problem.kind === 400) {
    input.setAttribute('aria-invalid', 'true');
  }
  problemBox.hidden = false;
  if (!askAgain && focusHeld) {
    input.focus();
    input.select();
  }
  problemBox.scrollIntoView({ block: 'nearest' });
  countDown(problem.waitSeconds ?? 0);
  const wait = problem.waitSeconds ? ` You can try again in ${duration(problem.waitSeconds)}.` : '';
  announcement.textContent = `${title}. ${advice}${wait}`;
}

function hideProblem() {
  const focusHeld = problemBox.contains(document.activeElement);
  clearInterval(countdown);
  pauseUntil = 0;
  problemBox.hidden = true;
  input.removeAttribute('aria-invalid');
  if (focusHeld) {
    input.focus({ preventScroll: true });
  }
}

function pausing() {
  return Date.now() < pauseUntil;
}

/** Shows a countdown beside the button. Screen readers skip it: an announcement every second would disturb. */
function countDown(seconds) {
  const place = byId('countdown');
  clearInterval(countdown);
  pauseUntil = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((pauseUntil - Date.now()) / 1000);
    retry.setAttribute('aria-disabled', String(left > 0));
    place.textContent = left > 0 ? `in ${duration(left)}` : '';
    if (left <= 0) {
      clearInterval(countdown);
      if (seconds > 0) {
        announcement.textContent = 'You can try again now.';
      }
    }
  };
  countdown = setInterval(tick, 1000);
  tick();
}

function duration(seconds) {
  const part = (count, unit) => (count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`);
  return [part(Math.floor(seconds / 60), 'minute'), part(seconds % 60, 'second')].filter(Boolean).join(' ');
}

function clear() {
  hideProblem();
  walk = null;
  walkBox.hidden = true;
  status.textContent = '';
  announcement.textContent = '';
  document.title = 'Rediscover';
  document.body.classList.remove('walking');
}

function clean(name) {
  return name.trim().replace(/^@/, '');
}

/** A browser may refuse storage. Then you only lose the remembered name. */
function remember(name) {
  try {
    localStorage.setItem(LAST_NAME, name);
  } catch (refused) {
    console.info('Cannot store the name:', refused.message);
  }
}

function lastName() {
  try {
    const name = localStorage.getItem(LAST_NAME) ?? '';
    return NAME.test(name) ? name : '';
  } catch (refused) {
    console.info('Cannot read the stored name:', refused.message);
    return '';
  }
}
