// Says that the page is not whole: if one of its modules does not load, none of them runs. So this is not a module.

addEventListener(
  'error',
  ({ target }) => {
    if (target.type === 'module') {
      document.getElementById('unloaded').hidden = false;
    }
  },
  true, // Such an error does not bubble.
);
