import { openDialog } from './dialog.mjs';
import { element } from './element.mjs';
import { word } from './words.mjs';

/** Everything that, asked for again, gives the same picture. */
export function showRecipe({ answer }) {
  const { recipe } = answer;
  const facts = [
    ['label-recipe', answer.code],
    ['label-model', answer.model.label],
    ['label-seed', seedsOf(answer)],
    ['recipe-ratio', recipe.aspectRatio],
    ['recipe-style', recipe.style],
    ['label-prompt', answer.prompt],
    ['label-negative', answer.negativePrompt],
    ['recipe-inputs', recipe.inputs.map((key) => key.slice(0, 12)).join(', ')],
  ];
  const rows = facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => element('div', {}, element('dt', {}, word(label)), element('dd', {}, value)));
  const { command } = recipe;
  return openDialog(word('recipe-title'), (close) => [
    element('dl', { className: 'recipe' }, ...rows),
    element(
      'label',
      { className: 'field' },
      word('recipe-command'),
      element('textarea', { readOnly: true, rows: 3, value: command, onfocus: (event) => event.target.select() }),
    ),
    element(
      'div',
      { className: 'dialog-actions' },
      copyButton(command),
      element('button', { type: 'button', className: 'button', onclick: () => close() }, word('close')),
    ),
  ]);
}

/** Empty where the model has none. */
export const seedsOf = ({ pictures }) =>
  pictures
    .map(({ seed }) => seed)
    .filter((seed) => seed !== 0)
    .join(', ');

/** Without TLS a page may not write to the clipboard: the text stands there selected instead. */
function copyButton(text) {
  const made = element('button', { type: 'button', className: 'button strong' }, word('copy'));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = word('copied');
    } catch {
      made.closest('dialog').querySelector('textarea').focus();
    }
  };
  made.addEventListener('click', () => void copy());
  return made;
}
