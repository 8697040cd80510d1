import { suggest } from './completion.mjs';
import { element } from './element.mjs';
import { word } from './words.mjs';

const NOTHING = { from: 0, options: [], hint: '' };
const CARET_KEYS = ['ArrowLeft', 'ArrowRight', 'Home', 'End'];

/**
 * What could be meant while somebody types, over the field. The arrows choose, Tab or Enter takes, Escape puts it away.
 * @param {HTMLTextAreaElement} field
 * @param {string} id
 */
export function createSuggestions(field, id) {
  const list = element('ul', {
    id: `${id}-options`,
    className: 'options',
    role: 'listbox',
    'aria-label': word('suggestions'),
    hidden: true,
  });
  const hint = element('p', { className: 'flag-hint', hidden: true });
  let found = NOTHING;
  let chosen = 0;
  let putAway = '';

  function look() {
    const before = field.value.slice(0, field.selectionStart);
    const isTyping = field.selectionStart === field.selectionEnd && document.activeElement === field;
    found = isTyping && before !== putAway ? suggest(before) : NOTHING;
    list.hidden = found.options.length === 0;
    hint.hidden = found.hint === '';
    hint.textContent = found.hint;
    list.replaceChildren(...found.options.map((option, index) => drawOption(option, `${id}-option-${index}`, () => take(index))));
    choose(0);
  }

  function choose(index) {
    chosen = index;
    markChosen(field, list, chosen);
  }

  function take(index) {
    const { from, options } = found;
    const rest = field.value.slice(field.selectionStart);
    const space = options[index].text.endsWith(' ') || rest.startsWith(' ') ? '' : ' ';
    field.setRangeText(options[index].text + space, from, field.selectionStart, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  }

  /** Whether the key was for the suggestions. */
  function press(event) {
    if (list.hidden || event.isComposing || event.shiftKey) return false;
    const { length } = found.options;
    const step = { ArrowDown: 1, ArrowUp: length - 1 }[event.key];
    if (step !== undefined) choose((chosen + step) % length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') {
      putAway = field.value.slice(0, field.selectionStart);
      look();
    } else return false;
    event.preventDefault();
    return true;
  }

  field.setAttribute('aria-autocomplete', 'list');
  for (const event of ['input', 'click', 'focus', 'blur']) field.addEventListener(event, look);
  field.addEventListener('keyup', ({ key }) => CARET_KEYS.includes(key) && look());
  return { list, hint, press };
}

function drawOption({ label, sentence }, id, onTake) {
  const option = element('li', { id, role: 'option' }, element('code', {}, label), sentence !== '' && element('span', {}, sentence));
  option.addEventListener('mousedown', (event) => {
    event.preventDefault();
    onTake();
  });
  return option;
}

/** Those who do not see the list hear the chosen one while the focus stays in the field. */
function markChosen(field, list, chosen) {
  for (const [index, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(index === chosen));
  const active = list.children[chosen];
  if (list.hidden || active === undefined) {
    field.removeAttribute('aria-activedescendant');
    field.removeAttribute('aria-controls');
    return;
  }
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-activedescendant', active.id);
  active.scrollIntoView({ block: 'nearest' });
}
