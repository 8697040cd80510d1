/** @param {string} id */
export const byId = (id) => document.getElementById(id);

/**
 * An element with properties and children. Text goes in as text, so nothing that a person or a model wrote can become markup.
 * @param {string} name
 * @param {Record<string, any>} [properties] `on<event>` adds a listener; what is undefined or false is left out
 * @param {...(Node | string | undefined | false)} children
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== 'lang' && key !== 'width' && key !== 'height' && key !== 'list') made[key] = value;
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Each drawn with one line in a square of 24. */
const PATHS = {
  again: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  variations: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  reply: 'M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1',
  recipe: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  cancel: 'M6 6l12 12M18 6L6 18',
  close: 'M6 6l12 12M18 6L6 18',
  attach: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  send: 'M4 12l16-8-5 16-3-7zM12 13l8-9',
  thread: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  plus: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h17M3 15h17',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 20a7 7 0 0 1 14 0',
  gallery: 'M4 4h16v16H4zM4 15l5-5 4 4 3-3 4 4M15 8.500h.01',
  usage: 'M5 20V10M12 20V4M19 20v-7',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM20 20l-4.500-4.500',
  words: 'M4 6h16M4 11h11M4 16h14',
  upscale: 'M4 14v6h6M20 10V4h-6M4 20l7-7M20 4l-7 7',
  'zoom-out': 'M9 9h6v6H9zM4 8V4h4M20 8V4h-4M4 16v4h4M20 16v4h-4',
  'remove-background': 'M12 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM6 19a6 6 0 0 1 12 0M3 5l18 14',
  animate: 'M4 5h16v14H4zM10 9l5 3-5 3z',
  play: 'M8 5l11 7-11 7z',
  brush: 'M5 19c3 1 5-1 5-3l9-10-2-2-10 9c-2 0-3 2-2 6z',
  undo: 'M8 5L4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3',
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('viewBox', '0 0 24 24');
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  made.append(shape('path', { d: PATHS[name] }));
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
export function shape(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/**
 * A button with a picture and words; with `quiet` the words are for those who do not see the picture, and for whoever rests the pointer on it.
 */
export function button(iconName, label, onclick, { quiet = false, className = '', ...more } = {}) {
  const made = element('button', { type: 'button', className: `button ${className}`, onclick, ...more }, icon(iconName));
  if (quiet) {
    made.classList.add('quiet');
    made.setAttribute('aria-label', label);
    made.title = label;
  } else made.append(element('span', {}, label));
  return made;
}

/** Says something to those who do not see the page change. */
export function announce(sentence) {
  byId('news').textContent = sentence;
}
