import { element, icon, iconButton } from '../element.mjs';
import { createSuggestions } from '../suggestions.mjs';

const TYPE = { integer: 4, boolean: 5, number: 10, attachment: 11 };
const PAUSE_MS = 150;

/**
 * A command while it is filled in: a field for each option that is used, and a list of those that are left.
 * @param {object} options
 * @param {any} options.command
 * @param {string} options.first what stands in its first field already
 * @param {(key: string, values?: object) => string} options.word
 * @param {(values: object, files: { field: string, file: File }[]) => void} options.send
 * @param {(values: object, focused: string) => Promise<{ name: string, value: string | number }[]>} options.complete
 * @param {() => void} options.leave
 * @param {(sentence: string) => void} options.complain
 */
export function createCommandBar({ command, first, word, send, complete, leave, complain }) {
  const suggestions = createSuggestions(word('suggestions'));
  const row = element('div', { className: 'command-fields' });
  // The field that is written in keeps the focus, so that arrows and Enter go on working.
  const keepFocus = (event) => event.preventDefault();
  const rest = element('button', { type: 'button', className: 'more-options', onmousedown: keepFocus, onclick: () => offerOptions() });
  /** @type {{ option: any, input: HTMLInputElement, node: HTMLElement, value?: any, file?: File }[]} */
  let fields = [];
  let isListing = false;

  const unused = () => command.options.filter((option) => !fields.some((field) => field.option === option));
  function showRest() {
    const { length: count } = unused();
    rest.hidden = count === 0;
    rest.textContent = `+${count} ${word('options')}`;
  }

  function offerOptions() {
    const items = unused().map((option) => ({
      title: option.label,
      hint: option.description,
      pick: () => {
        isListing = false;
        suggestions.show([]);
        add(option).input.focus();
      },
    }));
    isListing = true;
    if (!row.contains(document.activeElement)) fields.at(-1)?.input.focus();
    suggestions.show(items);
  }

  function add(option, text = '') {
    const isFile = option.type === TYPE.attachment;
    const input = element('input', { type: isFile ? 'file' : 'text', value: isFile ? undefined : text, 'aria-label': option.label });
    if (isFile) input.accept = 'image/*';
    const field = { option, input };
    const remove = () => {
      if (option.isRequired) return leave();
      fields = fields.filter((one) => one !== field);
      field.node.remove();
      showRest();
      fields.at(-1)?.input.focus();
    };
    const drop = option.isRequired ? undefined : iconButton('close', word('take-off', { name: option.label }), remove);
    field.node = element(
      'label',
      { className: `option${option.isRequired ? ' wide' : ''}` },
      element('span', {}, option.label),
      input,
      drop,
    );
    input.addEventListener('change', () => isFile && (field.file = input.files[0]));
    input.addEventListener('input', () => {
      isListing = false;
      field.value = undefined;
      fit(field);
      void offer(field);
    });
    input.addEventListener('focus', () => void offer(field));
    input.addEventListener('blur', () => {
      isListing = false;
      suggestions.show([]);
    });
    input.addEventListener('keydown', (event) => {
      if (suggestions.key(event) || event.isComposing) return;
      if (event.key === 'Enter') submit(event);
      if (event.key === 'Escape') leave();
      if (event.key === 'Backspace' && input.value === '') remove();
    });
    fields = [...fields, field];
    row.append(field.node);
    fit(field);
    showRest();
    return field;
  }

  function fit({ input, option }) {
    if (!option.isRequired && input.type === 'text') input.size = Math.max(6, input.value.length + 1);
  }

  /** What the field that is written in offers: its own choices, what the product makes of it, or only what it is for. */
  async function offer(field) {
    const { option, input } = field;
    const typed = input.value;
    const choices = await choicesOf(field, typed);
    if (isListing || document.activeElement !== input || input.value !== typed) return;
    const items = choices.map(({ name, value }) => ({
      title: name,
      pick: () => {
        field.value = value;
        input.value = name;
        fit(field);
        suggestions.show([]);
      },
    }));
    const isAnswered = field.value !== undefined || choices.some(({ name }) => name === typed);
    suggestions.show(isAnswered ? [] : items);
    about.textContent = option.description;
  }

  async function choicesOf({ option }, typed) {
    if (option.type === TYPE.boolean)
      return [
        { name: word('yes'), value: true },
        { name: word('no'), value: false },
      ];
    if (option.choices.length > 0) return option.choices.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()));
    if (!option.completes) return [];
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return complete({ ...values(), [option.name]: typed }, option.name);
  }

  function valueOf({ option, input, value }) {
    if (value !== undefined) return value;
    const chosen = option.choices.find(({ name }) => name === input.value);
    if (chosen !== undefined) return chosen.value;
    if (option.type === TYPE.integer || option.type === TYPE.number) return Number(input.value.replace(',', '.'));
    return option.type === TYPE.boolean ? input.value === word('yes') : input.value;
  }

  const isFilled = ({ option, input }) => option.type !== TYPE.attachment && input.value.trim() !== '';
  const values = () => Object.fromEntries(fields.filter(isFilled).map((field) => [field.option.name, valueOf(field)]));

  function submit(event) {
    event.preventDefault();
    const missing = fields.find((field) => field.option.isRequired && !isFilled(field) && field.file === undefined);
    if (missing !== undefined) return complain(word('needs-value', { name: missing.option.label }));
    const files = fields.filter(({ file }) => file !== undefined).map(({ option, file }) => ({ field: option.name, file }));
    send(values(), files);
  }

  const about = element('span', { className: 'about' });
  const go = element(
    'button',
    { type: 'button', className: 'go', 'aria-label': word('send'), title: word('send'), onclick: submit },
    icon('send'),
  );
  const bar = element(
    'div',
    { className: 'composer-row' },
    element('b', { className: 'command-name' }, `/${command.label}`),
    row,
    rest,
    iconButton('close', word('close'), leave),
    go,
  );
  for (const option of command.options.filter(({ isRequired }) => isRequired)) add(option, fields.length === 0 ? first : '');
  return { node: element('div', { className: 'composer command' }, suggestions.node, about, bar), focus: () => fields[0]?.input.focus() };
}
