import { element } from '../element.mjs';
import { openDialog } from '../dialog.mjs';
import { drawBlocks } from './blocks.mjs';
import { askFirst } from './message.mjs';

/** The app's home, with what can be pressed in it. */
export function drawHome(view, { scene, act }) {
  const press = async (name, node, entered) => {
    if (node.confirm !== undefined && !(await askFirst(node.confirm, node.style))) return;
    await act({ kind: 'press-in-view', element: name, ...(entered === undefined ? {} : { entered }) });
  };
  return drawBlocks(view.blocks, scene, (...pressed) => void press(...pressed));
}

/**
 * The modal in front: opened when there is one, drawn anew when the product has changed it, closed when it is gone.
 * What the person has typed stays as long as the modal is the same.
 */
export function createModals(room) {
  let shown;

  function close() {
    const last = shown;
    shown = undefined;
    last?.dialog.close();
  }

  return {
    draw(view) {
      if (view === undefined) return close();
      if (shown?.id === view.id && shown.hash === view.hash) return showErrors(shown.form, view.errors);
      close();
      const form = drawForm(view, room);
      const dialog = openDialog('modal', form, () => {
        if (shown?.dialog !== dialog) return; // The product closed it, not the person.
        shown = undefined;
        void room().act({ kind: 'close' });
      });
      shown = { id: view.id, hash: view.hash, dialog, form };
      showErrors(form, view.errors);
      form.querySelector('textarea, input, select')?.focus();
    },
  };
}

function drawForm(view, room) {
  const { scene, word, act } = room();
  const fields = view.blocks.map((block) => (block.type === 'input' ? drawField(block, scene) : drawBlocks([block], scene, () => {})[0]));
  const form = element(
    'form',
    { onsubmit: (event) => submit(event, act), noValidate: false },
    element('h2', {}, view.title.text),
    fields,
    element(
      'footer',
      {},
      element(
        'button',
        { type: 'button', className: 'button', onclick: (event) => event.target.closest('dialog').close() },
        view.close?.text ?? word('cancel'),
      ),
      view.submit !== null && element('button', { type: 'submit', className: 'button primary' }, view.submit?.text ?? word('submit')),
    ),
  );
  return form;
}

async function submit(event, act) {
  event.preventDefault();
  const form = event.target;
  const inputs = [...form.querySelectorAll('[name]')];
  const files = inputs.flatMap((input) => [...(input.files ?? [])].map((file) => ({ field: input.name, file })));
  const values = inputs
    .filter(({ type }) => type !== 'file')
    .map((input) => [input.name, input.multiple ? [...input.selectedOptions].map(({ value }) => value) : input.value]);
  const go = form.querySelector('[type=submit]');
  go.disabled = true;
  await act({ kind: 'submit', values: Object.fromEntries(values) }, files);
  go.disabled = false;
}

function showErrors(form, errors) {
  for (const wrong of form.querySelectorAll('.wrong')) wrong.remove();
  for (const [block, text] of Object.entries(errors ?? {})) {
    const field = form.querySelector(`[name="${CSS.escape(block)}"]`)?.closest('.field') ?? form;
    field.append(element('p', { className: 'wrong', role: 'alert' }, text));
  }
}

function drawField(block, scene) {
  const { element: input, label, hint, optional = false } = block;
  const name = block.block_id;
  return element(
    'label',
    { className: 'field' },
    element('span', {}, label.text),
    control(input, { name, required: !optional }, scene),
    hint && element('small', {}, hint.text),
  );
}

function control(input, { name, required }, scene) {
  const { placeholder, initial_value: value = '' } = input;
  const basis = { name, required, placeholder: placeholder?.text };
  switch (input.type) {
    case 'plain_text_input':
      return input.multiline
        ? element('textarea', { ...basis, value, maxLength: input.max_length, rows: 4 })
        : element('input', { ...basis, value, maxLength: input.max_length });
    case 'number_input':
      return element('input', { ...basis, value, type: 'number', min: input.min_value, max: input.max_value });
    case 'static_select':
    case 'radio_buttons':
      return choices(input.options, [input.initial_option], { name, required });
    case 'multi_static_select':
    case 'checkboxes':
      return choices(input.options, input.initial_options ?? [], { name, required, multiple: true });
    case 'conversations_select':
    case 'channels_select':
      return element(
        'select',
        { name, required },
        scene.places.map((place) => placeOption(place, scene)),
      );
    case 'file_input':
      return element('input', { type: 'file', name, required, accept: 'image/*', multiple: (input.max_files ?? 1) > 1 });
    default:
      return element('input', basis);
  }
}

function choices(options, initial, properties) {
  const chosen = initial.map((option) => option?.value);
  const drawn = options.map(({ text, value }) => element('option', { value, selected: chosen.includes(value) }, text.text));
  // A list in which nothing is chosen begins with nothing.
  const blank = properties.multiple || chosen.some((value) => value !== undefined) ? [] : [element('option', { value: '' }, '')];
  return element('select', properties, blank, drawn);
}

const placeOption = ({ id, name, kind }, scene) =>
  element('option', { value: id, selected: id === scene.here }, kind === 'im' ? (scene.people[scene.bot.id]?.name ?? name) : `# ${name}`);
