// Requests a like from the API.

import { apiAddress } from './config.js';
import { heldKey } from './key.js';

const PATIENCE_MS = 30_000;
const LONGEST_WAIT_S = 3_600;

/**
 * A failed request.
 * `kind` is the HTTP status, or 'offline', 'unreachable', 'slow' or 'unreadable' without one.
 */
export class Problem extends Error {
  constructor(kind, { ours = false, json = false, waitSeconds = null, requestId = null, cause } = {}) {
    super(`no like: ${kind}`, { cause });
    this.kind = kind;
    /** Whether the API itself answered, not something in front of it. Only then is the status about likes. */
    this.ours = ours;
    /** Whether the answer was JSON, as every answer of the API and of API Gateway is. */
    this.json = json;
    this.waitSeconds = waitSeconds;
    this.requestId = requestId;
  }
}

/** Whether the API has the same address as the page. */
export const besideThePage = apiAddress === '.' || apiAddress === '';

/** The API's origin. */
export function apiOrigin() {
  return new URL(apiAddress, location.href).origin;
}

/**
 * @param {string} name an X name
 * @param {string | null} after the cursor of the previous like, null for a random one
 * @param {AbortSignal} signal cancels the request
 * @returns {Promise<{tweetId: string, text?: string | null, url?: string | null, cursor: string}>}
 * @throws {Problem}
 */
export async function askForLike(name, after, signal) {
  const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
  const address = `${apiAddress.replace(/\/+$/, '')}/u/${encodeURIComponent(name)}${query}`;

  const headers = { accept: 'application/json' };
  const key = heldKey();
  if (key !== null) {
    headers.authorization = `Bearer ${key}`;
  }

  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const giveUp = () => patience.abort();
  signal.addEventListener('abort', giveUp);
  try {
    const response = await fetch(address, {
      headers,
      cache: 'no-store',
      signal: patience.signal,
    });
    const body = await response.text();
    if (response.status !== 200) {
      const type = response.headers.get('content-type') ?? '';
      throw new Problem(response.status, {
        ours: type.startsWith('application/problem+json'),
        json: type.startsWith('application/json'),
        waitSeconds: waitSeconds(response.headers.get('retry-after')),
        requestId: requestId(response, body),
      });
    }
    return readLike(body, response);
  } catch (cause) {
    if (cause instanceof Problem) {
      throw cause;
    }
    if (cause.name === 'AbortError') {
      throw new Problem('slow', { cause });
    }
    throw new Problem(navigator.onLine === false ? 'offline' : 'unreachable', { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

function readLike(body, response) {
  const like = parse(body);
  const textOrNothing = (value) => value === undefined || value === null || typeof value === 'string';
  const good =
    like !== null &&
    typeof like === 'object' &&
    typeof like.tweetId === 'string' &&
    /^[0-9]{1,20}$/.test(like.tweetId) &&
    textOrNothing(like.text) &&
    textOrNothing(like.url) &&
    typeof like.cursor === 'string' &&
    like.cursor !== '';
  if (!good) {
    throw new Problem('unreadable', { requestId: requestId(response, body) });
  }
  return like;
}

/** The JSON value; null for other text, such as a proxy's error page. */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The API's answers carry it in the body, API Gateway's own answers in a header. */
function requestId(response, body) {
  const id = parse(body)?.requestId ?? response.headers.get('apigw-requestid');
  return typeof id === 'string' && /^[\w=+/:.-]{1,100}$/.test(id) ? id : null;
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function waitSeconds(retryAfter) {
  if (retryAfter === null) {
    return null;
  }
  const seconds = /^\d+$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 0), LONGEST_WAIT_S);
}
