// The key of a private API. It arrives in a link's fragment, the part of an address that a browser never sends, and stays
// in this browser.

const HELD = 'rediscover.key';
const KEY = /^[A-Za-z0-9_-]{32,512}$/;

/** If the browser refuses storage, the key lasts as long as the page. */
let ofThisVisit = null;

/** Removes the key from the page's address, so that no bookmark, screenshot or copied link contains it. */
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

/** The key to send to the API; null for none. */
export function heldKey() {
  try {
    const key = localStorage.getItem(HELD) ?? ofThisVisit;
    return key !== null && KEY.test(key) ? key : null;
  } catch (refused) {
    console.info('Cannot read the stored key:', refused.message);
    return ofThisVisit;
  }
}

function keep(key) {
  ofThisVisit = key;
  try {
    localStorage.setItem(HELD, key);
  } catch (refused) {
    console.info('Cannot store the key:', refused.message);
  }
}
