const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Text is always set as text, so data can never become markup.
 *
 * @param {string} tag the name, optionally with classes: 'p.note'
 * @param {Record<string, string | boolean | null>} attributes null and false omit an attribute
 * @param {...(Node | string | null)} children null omits a child
 */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  return fill(document.createElement(name), classes, attributes, children);
}

/** Makes an SVG element in the same way. */
export function makeSvg(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  return fill(document.createElementNS(SVG, name), classes, attributes, children);
}

/** A name such as DeadLetterQueue, with a possible line break before each word. */
export function breakable(name) {
  const words = name.split(/(?<=[a-z])(?=[A-Z])|(?<=[_/-])/);
  return words.flatMap((word, i) => (i === 0 ? [word] : [document.createElement('wbr'), word]));
}

function fill(element, classes, attributes, children) {
  element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
