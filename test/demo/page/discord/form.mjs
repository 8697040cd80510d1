import { element } from '../element.mjs';
import { openDialog } from '../dialog.mjs';

const KIND = { select: 3, text: 4, upload: 19, radio: 21, checkboxes: 22, checkbox: 23 };

/** The form that the product opened, as long as it is in front of the person. */
export function createForms(room) {
  let shown;

  function close() {
    const last = shown;
    shown = undefined;
    last?.dialog.close();
  }

  return {
    draw(modal) {
      if (modal === undefined) return close();
      const text = JSON.stringify(modal);
      if (shown?.text === text) return;
      close();
      const form = drawForm(modal, room());
      const dialog = openDialog('modal', form, () => {
        if (shown?.dialog !== dialog) return; // It was sent, not put away.
        shown = undefined;
        void room().act({ kind: 'close' });
      });
      shown = { text, dialog };
      form.querySelector('textarea, input, select')?.focus();
    },
  };
}

function drawForm(modal, { word, act, scene }) {
  const submit = async (event) => {
    event.preventDefault();
    const go = event.target.querySelector('[type=submit]');
    go.disabled = true;
    await act({ kind: 'submit', values: valuesIn(event.target) }, filesIn(event.target));
    go.disabled = false;
  };
  const cancel = (event) => event.target.closest('dialog').close();
  return element(
    'form',
    { onsubmit: submit },
    element('header', {}, element('h2', {}, modal.title), element('p', { className: 'small' }, scene.bot.name)),
    modal.fields.map(drawField),
    element(
      'footer',
      {},
      element('button', { type: 'button', className: 'button plain', onclick: cancel }, word('cancel')),
      element('button', { type: 'submit', className: 'button primary' }, word('submit')),
    ),
  );
}

function drawField(field) {
  const { label, description, required } = field;
  const star = required ? element('em', {}, ' *') : undefined;
  return element(
    'label',
    { className: 'field' },
    element('span', {}, label, star),
    description !== '' && element('small', {}, description),
    control(field),
  );
}

function control({ customId, kind, required, value, placeholder, options }) {
  const basis = { name: customId, required };
  if (kind === KIND.text) return element('textarea', { ...basis, value, placeholder, rows: 4 });
  if (kind === KIND.upload) return element('input', { ...basis, type: 'file', accept: 'image/*' });
  if (kind === KIND.checkbox) return element('input', { name: customId, type: 'checkbox' });
  const drawn = options.map((option) => element('option', { value: option.value, selected: option.chosen }, option.label));
  const isMany = kind === KIND.checkboxes;
  const blank = isMany || options.some(({ chosen }) => chosen) ? [] : [element('option', { value: '' }, placeholder)];
  return element('select', { ...basis, multiple: isMany }, blank, drawn);
}

const inputsIn = (form) => [...form.querySelectorAll('[name]')];

const filesIn = (form) => inputsIn(form).flatMap((input) => [...(input.files ?? [])].map((file) => ({ field: input.name, file })));

function valuesIn(form) {
  const values = inputsIn(form).filter(({ type }) => type !== 'file');
  const valueOf = (input) => {
    if (input.type === 'checkbox') return input.checked;
    if (input.tagName === 'SELECT') return [...input.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
    return input.value;
  };
  return Object.fromEntries(values.map((input) => [input.name, valueOf(input)]));
}
