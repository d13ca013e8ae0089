// X's own rendering of a post, with X's script
// (https://docs.x.com/x-for-websites/javascript-api/guides/scripting-factory-functions).
// The script may be blocked or slow, or have nothing to show. Show a card of your own first.

const SCRIPT = 'https://platform.x.com/widgets.js';
const SCRIPT_PATIENCE_MS = 4_000;
const POST_PATIENCE_MS = 6_000;

let loading = null;

/**
 * Lets X draw a post into an element.
 *
 * @param {string} tweetId as a string: the number would be rounded
 * @param {HTMLElement} place where X draws it; it needs its final width, because X measures it
 * @returns {Promise<boolean>} false if X's script does not load, the post is gone, or either takes too long
 */
export async function drawPost(tweetId, place) {
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  try {
    const widgets = await loadWidgets();
    const drawn = widgets.createTweet(tweetId, place, { dnt: true, theme, conversation: 'none', align: 'center' });
    // X answers undefined for a deleted post, and never answers for some posts.
    return Boolean(await within(POST_PATIENCE_MS, drawn));
  } catch {
    // Blocked by the visitor or the network, or broken at X: the caller keeps its own card in each case.
    return false;
  }
}

/** Loads the script once. If it arrives late, the next post uses it. */
function loadWidgets() {
  if (globalThis.twttr?.widgets?.createTweet) {
    return Promise.resolve(globalThis.twttr.widgets);
  }
  loading ??= within(SCRIPT_PATIENCE_MS, new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.async = true;
    script.addEventListener('error', () => reject(new Error('the script could not be loaded')));
    script.addEventListener('load', () => {
      const { twttr } = globalThis;
      if (typeof twttr?.ready === 'function') {
        twttr.ready((ready) => resolve(ready.widgets));
      } else if (twttr?.widgets?.createTweet) {
        resolve(twttr.widgets);
      } else {
        reject(new Error('the script brought no widgets'));
      }
    });
    document.head.append(script);
  }));
  return loading;
}

function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
