import { makeId, post } from './api.mjs';
import { createAttachment } from './attachment.mjs';
import { commandIn, unknownCommand } from './completion.mjs';
import { announce, button, element } from './element.mjs';
import { openMaskOn } from './mask.mjs';
import { agree } from './price.mjs';
import { createSuggestions } from './suggestions.mjs';
import { createTarget } from './target.mjs';
import { commands, language, word } from './words.mjs';

/**
 * The field in which people ask.
 * @param {{ id: string, label: string, placeholder: string, drop: HTMLElement, where: () => Record<string, string>, onAccepted: (told: object, pictures: File[]) => void }} options
 * `drop`: where a picture may be let fall; `where`: the channel or the thread, as the server wants it
 */
export function createComposer({ id, label, placeholder, drop, where, onAccepted }) {
  const { field, problem, send, complain } = drawField(id, label, placeholder);
  const target = createTarget();
  const attachment = createAttachment({ drop, onChange: goOn, onMask: (file) => void paintOver(file) });
  const suggestions = createSuggestions(field, id);
  const form = drawForm({ field, problem, send, target, attachment, suggestions });
  const draft = createDraft(() => ({ text: field.value, pictures: attachment.files(), reply: target.get()?.id }));

  function goOn(sentence) {
    complain(sentence);
    field.focus();
  }

  function write(text) {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }

  async function paintOver(file) {
    const told = await openMaskOn(file, where()).catch(() => complain(word('mask-failed')));
    if (told === undefined) return;
    attachment.release([file]);
    onAccepted(told, [file]);
  }

  async function ask() {
    const unknown = unknownCommand(field.value);
    if (unknown !== undefined) {
      complain(sayUnknown(unknown));
      return;
    }
    const sent = draft.take();
    send.disabled = true;
    try {
      const told = await agree(await post('/api/ask', bodyOf(sent, where())));
      draft.forget();
      // Whoever does not want it at that price may want something like it.
      if (told === undefined) return;
      // What was written or attached meanwhile, behind it or in its place, is for the next time.
      if (field.value.startsWith(sent.text)) write(field.value.slice(sent.text.length));
      attachment.release(sent.pictures);
      announce(told.sentence);
      onAccepted(told, sent.pictures);
    } catch (error) {
      if (error.status === 422) draft.forget();
      complain(error.sentence ?? word('send-failed'), error.language);
    } finally {
      send.disabled = false;
      field.focus();
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!send.disabled) void ask();
  });
  listenToField(field, suggestions, complain);

  return {
    form,
    focus: () => field.focus(),
    write: (text) => {
      write(text);
      goOn();
    },
    /** The result whose picture is to be changed; none again without one. */
    target: target.set,
  };
}

function drawForm({ field, problem, send, target, attachment, suggestions }) {
  const tools = element('div', { className: 'tools' }, ...attachment.buttons, suggestions.hint, send);
  const box = element('div', { className: 'box' }, target.shown, attachment.shown, ...attachment.inputs, field, tools);
  return element('form', { className: 'composer' }, suggestions.list, box, problem);
}

/** What was written changes: the earlier complaint is gone. Enter sends, unless it takes a suggestion or makes a line. */
function listenToField(field, suggestions, complain) {
  field.addEventListener('input', () => complain());
  field.addEventListener('keydown', (event) => {
    // While an input method composes a Vietnamese word, Enter belongs to it.
    if (suggestions.press(event) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
}

const sayUnknown = (command) => word('command-unknown', { command, known: commands.map(({ name }) => `/${name}`).join(', ') });

function drawField(id, label, placeholder) {
  const described = { 'aria-label': label, 'aria-describedby': `${id}-problem` };
  const field = element('textarea', { id: `${id}-text`, rows: 1, placeholder, autocomplete: 'off', enterKeyHint: 'send', ...described });
  const problem = element('p', { id: `${id}-problem`, className: 'problem', role: 'alert' });
  const send = button('send', word('send'), undefined, { quiet: true, className: 'strong' });
  send.type = 'submit';
  /** Shows why it was not taken; without a sentence, takes that back. */
  const complain = (sentence = '', spoken = language) => {
    problem.lang = spoken;
    problem.textContent = sentence;
    field.setAttribute('aria-invalid', String(sentence !== ''));
  };
  return { field, problem, send, complain };
}

/** What was sent and not answered keeps its id: only sending the very same again is the same request. */
function createDraft(read) {
  let pending;
  return {
    take: () => {
      const now = read();
      const isSame = pending !== undefined && Object.entries(now).every(([key, value]) => pending[key] === value);
      if (!isSame) pending = { id: makeId(), ...now };
      return pending;
    },
    forget: () => {
      pending = undefined;
    },
  };
}

function bodyOf({ id, text, pictures, reply }, where) {
  const body = new FormData();
  // A picture that is sent along is the one to be changed.
  const fields = { id, text, ...where, ...(reply === undefined || pictures.length > 0 ? {} : { reply }) };
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const isClip = commandIn(text) === 'video';
  for (const [index, picture] of pictures.entries()) body.append(isClip && index > 0 ? 'last' : 'picture', picture);
  return body;
}
