// The key of an API that answers only to whoever has it. It comes in a link's fragment, the part of an address that a
// browser sends to nobody, and stays in this browser.

const HELD = 'rediscover.key';
const KEY = /^[A-Za-z0-9_-]{32,512}$/;

/** Where the browser refuses to keep anything, the key lasts as long as the page. */
let ofThisVisit = null;

/** Takes the key out of the page's address, so that it is in no bookmark, screenshot or address that is passed on. */
export function takeKeyFromAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key === null) {
    return;
  }
  history.replaceState(history.state, '', location.pathname + location.search);
  if (KEY.test(key)) {
    keep(key);
  }
}

/** The key to show to the API; null for none. */
export function heldKey() {
  try {
    const key = localStorage.getItem(HELD) ?? ofThisVisit;
    return key !== null && KEY.test(key) ? key : null;
  } catch (refused) {
    console.info('No key is kept:', refused.message);
    return ofThisVisit;
  }
}

function keep(key) {
  ofThisVisit = key;
  try {
    localStorage.setItem(HELD, key);
  } catch (refused) {
    console.info('The key is not kept:', refused.message);
  }
}
