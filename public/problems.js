// Explains each failure to the visitor, and says what to do.

import { besideThePage } from './api.js';

const AGAIN = 'again';
const OTHER_NAME = 'other name';
const MAP = 'map';

/**
 * @param {{kind: number | string, ours: boolean, json: boolean, waitSeconds: number | null}} problem
 * @param {string} name the X name in the request
 * @returns {{title: string, advice: string, way: 'again' | 'other name' | 'map'}} `way` is what helps: another
 *     attempt, another name, or the permission map, which needs no API
 */
export function explain(problem, name) {
  switch (kindOf(problem)) {
    case 400:
      return {
        title: 'That is not a valid X name',
        advice: 'An X name has 1 to 15 letters, digits or underscores, such as @sample. Correct it above.',
        way: OTHER_NAME,
      };
    case 401:
      return {
        title: 'These likes are private',
        advice: 'You need a key to see them. Open the link from their owner, which ends in #key=….',
        way: OTHER_NAME,
      };
    case 403:
      return {
        title: 'These likes are private',
        advice: 'The key in this browser does not work, or no longer works. Ask their owner for a new link.',
        way: OTHER_NAME,
      };
    case 404:
      return {
        title: `No likes of @${name} found`,
        advice: 'Check the spelling. If the name is yours, upload like.js from your X archive, then try again.',
        way: OTHER_NAME,
      };
    case 429:
      return problem.waitSeconds === null
        ? {
            title: 'Too many requests',
            advice: 'This site limits requests per second. Try again in a few seconds.',
            way: AGAIN,
          }
        : {
            title: 'X’s rate limit is reached',
            advice: 'X allows a limited number of requests in 15 minutes. Wait, then try again.',
            way: AGAIN,
          };
    case 502:
      return {
        title: 'X did not answer correctly',
        advice: `No likes of @${name} are stored yet, and the request to X failed. Try again in a minute.`,
        way: AGAIN,
      };
    case 503:
      return {
        title: 'X is not set up here',
        advice:
          `No likes of @${name} are stored, and this site cannot ask X. Try a name with stored likes.` +
          ' If you run this site, see the log of the random-like function for the cause.',
        way: AGAIN,
      };
    case 504:
    case 'slow':
      return {
        title: 'No answer in time',
        advice: 'The answer took too long. Try again: a second attempt is often faster.',
        way: AGAIN,
      };
    case 'no API':
      return {
        title: 'This site has no likes',
        advice:
          'It is published without the API that finds them. The permission map works: remove a permission and see what breaks.',
        way: MAP,
      };
    case 'offline':
      return {
        title: 'You seem to be offline',
        advice: 'Check your network, then try again.',
        way: AGAIN,
      };
    case 'unreachable':
      return {
        title: 'Cannot reach Rediscover',
        // The page cannot tell this from a refusal of API Gateway whose status the browser hides.
        advice:
          'Check your network and your content blocker, then try again. If the likes are private, open the link from their owner.',
        way: AGAIN,
      };
    case 'unreadable':
      return {
        title: 'The answer is not readable',
        advice: 'Try again. If the problem persists and you run this site, check the API’s address in config.js.',
        way: AGAIN,
      };
    default:
      return {
        title: 'Something went wrong',
        advice: `Try again. If it happens again, tell the owner of this site. The status was ${problem.kind}.`,
        way: AGAIN,
      };
  }
}

/**
 * API Gateway and proxies answer 404 for an unknown path and 503 when overloaded: neither is about likes. Nor is a 503
 * of the API itself with Retry-After.
 */
function kindOf({ kind, ours, json, waitSeconds }) {
  if ([403, 404, 405].includes(kind) && besideThePage && !ours && !json) {
    return 'no API'; // A file server answers like this for a missing file.
  }
  if (kind === 404 && !ours) {
    return 'unreadable';
  }
  if (kind === 503 && (!ours || waitSeconds > 0)) {
    return 504;
  }
  return kind;
}
