import { element } from './element.mjs';
import { sayDay, startOfDay } from './words.mjs';

/**
 * Messages in the order in which they were said. One that changes is drawn again in its place, and nothing else moves: what is focused, opened or
 * being read stays so.
 * @param {HTMLOListElement} list
 * @param {(view: object) => { key: string, draw: () => HTMLElement }} render `key` says everything that the drawing shows
 */
export function createMessageList(list, render) {
  const shown = new Map();

  const isBefore = (one, other) => one.acceptedAt < other.acceptedAt || (one.acceptedAt === other.acceptedAt && one.id < other.id);

  function put(view) {
    const known = shown.get(view.id);
    const { key, draw } = render(view);
    if (known?.key === key) return;
    const item = known?.item ?? element('li', { className: 'entry' });
    redraw(item, draw());
    shown.set(view.id, { view, key, item });
    if (known === undefined) insert(item, view);
  }

  function insert(item, view) {
    const others = [...shown.values()].filter(({ view: other }) => other.id !== view.id);
    // Most messages are the latest, so the place is looked for from the end.
    const previous = others
      .toSorted((one, other) => (isBefore(one.view, other.view) ? -1 : 1))
      .findLast(({ view: other }) => isBefore(other, view));
    if (previous === undefined) list.prepend(item);
    else previous.item.after(item);
    markDays();
  }

  function markDays() {
    let day;
    for (const item of list.querySelectorAll('.entry')) {
      const { view } = [...shown.values()].find((one) => one.item === item);
      const starts = startOfDay(view.acceptedAt) !== day;
      day = startOfDay(view.acceptedAt);
      const mark = item.querySelector('.day');
      if (starts && mark === null) item.prepend(element('p', { className: 'day' }, element('span', {}, sayDay(view.acceptedAt))));
      if (!starts) mark?.remove();
    }
  }

  return {
    put,
    has: (id) => shown.has(id),
    get: (id) => shown.get(id)?.view,
    views: () => [...shown.values()].map(({ view }) => view).toSorted((one, other) => (isBefore(one, other) ? -1 : 1)),
    /** Draws again what changed around a message, such as how many replied. */
    touch: (id) => {
      const known = shown.get(id);
      if (known !== undefined) put(known.view);
    },
    clear: () => {
      shown.clear();
      list.replaceChildren();
    },
  };
}

/** Puts the new drawing where the old one is, with the same things open and the focus on the same button. */
function redraw(item, drawn) {
  const old = item.querySelector('article');
  if (old === null) {
    item.append(drawn);
    return;
  }
  const opened = old.querySelector('details')?.open;
  const details = drawn.querySelector('details');
  if (opened !== undefined && details !== null) details.open = opened;
  const focused = old.contains(document.activeElement)
    ? [...old.querySelectorAll('button, a, summary')].indexOf(document.activeElement)
    : -1;
  const label = focused === -1 ? undefined : nameOf(document.activeElement);
  old.replaceWith(drawn);
  if (label === undefined) return;
  const again = [...drawn.querySelectorAll('button, a, summary')].find((one) => nameOf(one) === label);
  if (again !== undefined) again.focus({ preventScroll: true });
  else {
    drawn.tabIndex = -1;
    drawn.focus({ preventScroll: true });
  }
}

const nameOf = (one) => one.getAttribute('aria-label') ?? one.textContent;
