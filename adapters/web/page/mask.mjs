import { makeId, post } from './api.mjs';
import { openDialog } from './dialog.mjs';
import { announce, button, element } from './element.mjs';
import { createMaskCanvas } from './mask-canvas.mjs';
import { agree } from './price.mjs';
import { language, word } from './words.mjs';

/** The brush, as a part of the picture's shorter side. */
const BRUSH = { min: 2, max: 40, value: 10 };

/**
 * Lets somebody paint over the part of a picture of a message that is to be changed.
 * @param {object} view
 * @param {number} index which of its pictures
 * @param {{ asked: (view: object, told: object) => void }} doing
 */
export async function openMask(view, index, doing) {
  const place = view.room === undefined ? { channel: 'me' } : { topic: view.topic };
  const picture = { ...view.answer.pictures[index], lang: view.language };
  const told = await paintOver(picture, { reply: view.id, which: String(index), ...place });
  if (told !== undefined) doing.asked(view, told);
}

/** The same for a picture on this machine, which is sent along. Rejects when the browser cannot show it. */
export async function openMaskOn(file, where) {
  const img = element('img', { src: URL.createObjectURL(file) });
  try {
    await img.decode();
    const { src: url, naturalWidth: width, naturalHeight: height } = img;
    return await paintOver({ url, width, height, alt: file.name }, { picture: file, ...where });
  } finally {
    URL.revokeObjectURL(img.src);
  }
}

/** Asks for the part to become what they say, or, without words, what is around it. Resolves with what they are told; undefined when they do not want it. */
async function paintOver(picture, fields) {
  const told = await openDialog(word('mask-title'), (close) => drawEditor(picture, fields, close), { className: 'wide-dialog' });
  const agreed = told === undefined ? undefined : await agree(told).catch((error) => announce(error.sentence ?? word('send-failed')));
  if (agreed !== undefined) announce(agreed.sentence);
  return agreed;
}

function drawEditor(picture, fields, close) {
  const problem = element('p', { className: 'problem', role: 'alert' });
  const { stage, masking, tools } = drawStage(picture, problem);
  const words = element('textarea', { rows: 2, autocomplete: 'off' });
  const submit = element('button', { type: 'submit', className: 'button strong' }, word('send'));
  const sending = createSending(fields, masking);
  for (const one of [words, stage]) one.addEventListener('input', sending.change);
  const send = async () => {
    submit.disabled = true;
    try {
      close(await sending.send(words.value));
    } catch (error) {
      problem.lang = error.language ?? language;
      problem.textContent = error.sentence ?? word('send-failed');
      submit.disabled = false;
    }
  };
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        if (masking.isEmpty()) problem.textContent = word('mask-nothing');
        else void send();
      },
    },
    element('label', { className: 'field' }, word('mask-words'), words),
    element('p', { className: 'hint' }, word('mask-hint')),
    problem,
    element('div', { className: 'dialog-actions' }, submit),
  );
  return [stage, tools, form];
}

/** The picture, the canvas over it, and what belongs to the brush. */
function drawStage({ url, width, height, alt, lang }, problem) {
  const img = element('img', { src: url, width, height, alt, lang });
  const canvas = element('canvas', { width, height, tabIndex: 0, role: 'application', 'aria-label': word('mask-canvas') });
  Object.assign(canvas, { width, height });
  const range = element('input', { type: 'range', ...BRUSH });
  const undo = button('undo', word('mask-undo'), () => masking.undo());
  const clear = button('remove', word('mask-clear'), () => masking.clear());
  const masking = createMaskCanvas(canvas, {
    brush: () => (Number(range.value) / 100) * Math.min(width, height),
    onChange: () => {
      undo.disabled = masking.isEmpty();
      clear.disabled = masking.isEmpty();
      problem.textContent = '';
      canvas.dispatchEvent(new Event('input', { bubbles: true }));
    },
  });
  range.addEventListener('input', () => masking.redraw());
  img.addEventListener('error', () => {
    problem.textContent = word('mask-failed');
  });
  Object.assign(undo, { disabled: true });
  Object.assign(clear, { disabled: true });
  const stage = element('div', { className: 'mask-stage' }, img, canvas);
  stage.style.setProperty('--ratio', String(width / height));
  const tools = element(
    'div',
    { className: 'mask-tools' },
    element('label', { className: 'brush' }, word('mask-brush'), range),
    undo,
    clear,
  );
  return { stage, masking, tools };
}

/** What was sent and not answered keeps its id, for as long as nothing about it is changed. */
function createSending(fields, masking) {
  let id = makeId();
  return {
    change: () => {
      id = makeId();
    },
    send: async (text) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ id, text, ...fields })) body.set(name, value);
      body.set('mask', await masking.toMask(), 'mask.png');
      return post('/api/ask', body);
    },
  };
}
