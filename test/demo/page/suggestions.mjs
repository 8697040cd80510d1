import { element } from './element.mjs';

/**
 * What may be meant, above the line that is being written. An item is `{ title, hint?, mark?, pick }`.
 * `key` takes the arrows, Enter, Tab and Escape while something is shown, and says whether it did.
 */
export function createSuggestions(label) {
  const node = element('div', { className: 'suggestions', role: 'listbox', 'aria-label': label, hidden: true });
  let items = [];
  let chosen = 0;

  function show(next) {
    items = next;
    chosen = 0;
    node.hidden = items.length === 0;
    draw();
  }

  function draw() {
    const rows = items.map((item, index) => {
      const pick = (event) => {
        event.preventDefault(); // The line keeps the focus.
        item.pick();
      };
      const properties = { role: 'option', className: 'suggestion', 'aria-selected': String(index === chosen), onmousedown: pick };
      const hint = item.hint === undefined ? undefined : element('span', { className: 'suggestion-hint' }, item.hint);
      return element('div', properties, item.mark, element('b', {}, item.title), hint);
    });
    node.replaceChildren(...rows);
    rows[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function key(event) {
    if (node.hidden || event.isComposing) return false;
    const { length } = items;
    if (event.key === 'ArrowDown') chosen = (chosen + 1) % length;
    else if (event.key === 'ArrowUp') chosen = (chosen + length - 1) % length;
    else if (event.key === 'Enter' || event.key === 'Tab') items[chosen]?.pick();
    else if (event.key === 'Escape') show([]);
    else return false;
    event.preventDefault();
    if (!node.hidden) draw();
    return true;
  }

  return { node, show, key };
}
