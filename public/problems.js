// Every way in which no like comes, as a sentence that its reader can act on.

import { besideThePage } from './api.js';

const AGAIN = 'again';
const OTHER_NAME = 'other name';
const MAP = 'map';

/**
 * @param {{kind: number | string, ours: boolean, json: boolean, waitSeconds: number | null}} problem
 * @param {string} name the X name that was asked for
 * @returns {{title: string, advice: string, way: 'again' | 'other name' | 'map'}} `way` is what helps: asking again,
 *     another name, or the permission map, which needs no API
 */
export function explain(problem, name) {
  switch (kindOf(problem)) {
    case 400:
      return {
        title: 'That cannot be an X name',
        advice: 'A name has 1 to 15 letters, digits or underscores, such as @sample. Please correct it above.',
        way: OTHER_NAME,
      };
    case 401:
      return {
        title: 'These likes are kept private',
        advice: 'It takes a key to see them. Open this page with the link, ending in #key=…, that its owner gave you.',
        way: OTHER_NAME,
      };
    case 403:
      return {
        title: 'These likes are kept private',
        advice: 'The key in this browser does not open them, perhaps no longer. Ask their owner for a new link.',
        way: OTHER_NAME,
      };
    case 404:
      return {
        title: `No likes of @${name} are known here`,
        advice: 'Check the spelling. If the name is yours, upload like.js from your X archive, then ask again.',
        way: OTHER_NAME,
      };
    case 429:
      return problem.waitSeconds === null
        ? {
            title: 'That was a little too fast',
            advice: 'Many requests came at once. Take a breath and try again in a few seconds.',
            way: AGAIN,
          }
        : {
            title: 'X asks for a pause',
            advice: 'X answers only so many questions in a quarter of an hour. You can try again when the pause is over.',
            way: AGAIN,
          };
    case 502:
      return {
        title: 'X gave no usable answer',
        advice: `No likes of @${name} are stored here yet, so X was asked, and that failed. Try again in a minute.`,
        way: AGAIN,
      };
    case 503:
      return {
        title: 'Asking X is not set up here',
        advice:
          `No likes of @${name} are stored, and X cannot be asked for them. Try a name whose likes were uploaded.` +
          ' If you run this site, the log of the random-like function says what is missing.',
        way: AGAIN,
      };
    case 504:
    case 'slow':
      return {
        title: 'No answer in time',
        advice: 'The answer took too long and the waiting was ended. Try again; a second try is often quicker.',
        way: AGAIN,
      };
    case 'no API':
      return {
        title: 'This site has no likes behind it',
        advice:
          'It is published without the API that finds them. The permission map needs none: take a permission away there, and see what breaks.',
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
        title: 'Rediscover cannot be reached',
        // A browser may also keep a refusal of API Gateway from the page, which is then no different to it.
        advice:
          'Check your network, and whether something blocks this page’s requests, then try again. If the likes are kept private, open this page with the link that their owner gave you.',
        way: AGAIN,
      };
    case 'unreadable':
      return {
        title: 'The answer made no sense',
        advice: 'Try again. If it stays so and you run this site, check the API’s address in config.js.',
        way: AGAIN,
      };
    default:
      return {
        title: 'Something broke at our end',
        advice: `Try again. If it happens again, tell whoever runs this site; the status was ${problem.kind}.`,
        way: AGAIN,
      };
  }
}

/**
 * What stands before the API says 404 for a path it does not know and 503 when it is overrun: neither is about likes.
 * Nor is a 503 of the API's own that says when to try again.
 */
function kindOf({ kind, ours, json, waitSeconds }) {
  if ([403, 404, 405].includes(kind) && besideThePage && !ours && !json) {
    return 'no API'; // A server of files answers so for a file that it does not have.
  }
  if (kind === 404 && !ours) {
    return 'unreadable';
  }
  if (kind === 503 && (!ours || waitSeconds > 0)) {
    return 504;
  }
  return kind;
}
