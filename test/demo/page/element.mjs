/**
 * An element with properties and children. Words go in as text, so nothing that a person or a model wrote can become markup.
 * @param {string} name
 * @param {Record<string, any>} [properties] `on<event>` adds a listener; what is undefined or false is left out
 * @param {...(Node | string | undefined | false | readonly (Node | string)[])} children
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== 'width' && key !== 'height' && key !== 'list') made[key] = value;
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Each drawn with one line in a square of 24. */
const PATHS = {
  hash: 'M9 4 7 20M17 4l-2 16M4 9h17M3 15h17',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  thread: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  reply: 'M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'm4 12 16-8-5 16-3-7zM12 13l8-9',
  eye: 'M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01',
  check: 'm5 12 5 5L19 7',
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('viewBox', '0 0 24 24');
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  made.append(path);
  return made;
}

/** A button that shows a picture only; its words are for those who do not see it, and for whoever rests the pointer on it. */
export const iconButton = (name, label, onclick, more = {}) =>
  element('button', { type: 'button', className: 'icon-button', title: label, 'aria-label': label, onclick, ...more }, icon(name));

const COLOURS = 6;

/** Initials on a colour that stays the person's own; the bot has the product's mark. */
export function avatar(name, isBot, className = '') {
  if (isBot) return element('img', { className: `avatar ${className}`, src: '/page/mark.svg', alt: '' });
  const colour = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % COLOURS;
  return element('span', { className: `avatar colour-${colour} ${className}`, 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase());
}
