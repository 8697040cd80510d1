import { createAttachment } from './attachment.mjs';
import { language, word } from './words.mjs';

const byId = (id) => document.getElementById(id);

/** `crypto.randomUUID` is missing on pages that are not served over TLS or from this machine. */
function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `web-${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** The field in which people ask. `onAccepted` is called with the request's id and picture once the server has it. */
export function createComposer(onAccepted) {
  const form = byId('composer');
  const text = byId('text');
  const attachment = createAttachment((problem) => {
    complain(problem);
    text.focus();
  });
  /** What was sent and not answered: only sending the very same again is the same request. */
  let pending;

  function draft() {
    const [words, picture] = [text.value, attachment.file()];
    if (pending?.words !== words || pending.picture !== picture) pending = { id: makeId(), words, picture };
    return pending;
  }

  async function send() {
    setBusy(true);
    const { id, words, picture } = draft();
    const told = await post(id, words, picture);
    setBusy(false);
    if (told.receipt !== undefined) pending = undefined;
    if (told.receipt?.kind !== 'accepted') {
      complain(told.sentence ?? word('send-failed'), told.language);
      text.focus();
      return;
    }
    form.reset();
    attachment.drop();
    complain();
    byId('news').textContent = told.sentence;
    await onAccepted(told.id, picture);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!byId('send').disabled) void send();
  });
  text.addEventListener('keydown', (event) => {
    // While an input method composes a Vietnamese word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener('input', () => complain());

  return {
    write: (command) => {
      text.value = command;
      complain();
      text.focus();
      form.scrollIntoView({ block: 'start' });
    },
  };
}

/** What the server told, or nothing when it could not be reached. */
async function post(id, text, picture) {
  try {
    const body = new FormData();
    body.set('id', id);
    body.set('text', text);
    if (picture !== undefined) body.set('picture', picture);
    const response = await fetch(`/api/ask?lang=${language}`, { method: 'POST', body });
    return await response.json();
  } catch {
    return {};
  }
}

function setBusy(busy) {
  byId('send').disabled = busy;
  byId('send').textContent = word(busy ? 'sending' : 'send');
}

/** Shows why it was not taken; without a sentence, takes that back. */
function complain(sentence = '', spoken = language) {
  byId('problem').lang = spoken;
  byId('problem').textContent = sentence;
  byId('text').setAttribute('aria-invalid', String(sentence !== ''));
}
