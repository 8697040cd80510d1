import { word } from './words.mjs';

/** An element with properties and children. Text goes in as text, so nothing that a person or a model wrote can become markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== 'lang') made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** One request as a card. `onAgain` receives the command that asks for the same; `preview` is what was sent, where this page still has it. */
export function drawCard(request, onAgain, preview) {
  const { answer, state, prompt, language } = request;
  const card = element('li', { className: `card ${state}`, id: request.id });
  const words = element('p', { className: 'prompt', lang: language }, prompt);
  card.append(answer === undefined ? drawWaiting(request) : drawPictures(answer, language));
  const body = element('div', { className: 'body' });
  if (answer !== undefined) body.append(element('h3', { lang: language }, answer.title));
  body.append(words, ...drawInputs(preview === undefined ? request.inputs : [preview]));
  if (answer !== undefined) body.append(drawAnswer(answer));
  if (state === 'made' || state === 'refused') body.append(drawActions(request, onAgain));
  card.append(body);
  return card;
}

function drawWaiting({ state, status, aspectRatio, language }) {
  if (state === 'refused') return element('p', { className: 'refusal', lang: language }, status);
  const canvas = element('div', { className: 'canvas' }, element('p', {}, status));
  canvas.style.aspectRatio = aspectRatio.replace(':', ' / ');
  return canvas;
}

function drawPictures({ pictures }, language) {
  const frames = pictures.map(({ url, width, height, alt }) => {
    const picture = element('img', { src: url, width, height, alt, lang: language, loading: 'lazy', decoding: 'async' });
    return element('a', { href: url, target: '_blank', rel: 'noopener', title: word('picture-full') }, picture);
  });
  return element('div', { className: pictures.length > 1 ? 'pictures several' : 'pictures' }, ...frames);
}

function drawInputs(inputs) {
  if (inputs.length === 0) return [];
  const thumbnails = inputs.map((url) => {
    const picture = element('img', { src: url, alt: word('picture-input'), loading: 'lazy' });
    // A browser that cannot show the kind of file that was sent still shows what was made of it.
    picture.addEventListener('error', () => picture.remove());
    return picture;
  });
  return [element('div', { className: 'inputs' }, ...thumbnails)];
}

function drawAnswer(answer) {
  const [first] = answer.pictures;
  const facts = [
    ['label-model', answer.model.label],
    ['label-seed', answer.pictures.map(({ seed }) => seed).join(', ')],
    ['label-size', `${first.width}×${first.height}`],
    ['label-price', answer.price],
    ['label-recipe', answer.code],
  ];
  const rows = facts.map(([label, value]) => element('div', {}, element('dt', {}, word(label)), element('dd', {}, value)));
  const used = [element('summary', {}, word('prompt-used')), element('p', { lang: 'en' }, answer.prompt)];
  if (answer.negativePrompt !== '') used.push(element('p', { lang: 'en' }, `${word('label-negative')}: ${answer.negativePrompt}`));
  const notes = answer.notes.map((note) => element('p', { className: 'note' }, note));
  return element(
    'div',
    { className: 'answer' },
    element('details', { className: 'used', open: true }, ...used),
    element('dl', { className: 'facts' }, ...rows),
    ...notes,
  );
}

function drawActions({ answer, command }, onAgain) {
  const pictures = answer?.pictures ?? [];
  const links = pictures.map(({ url, fileName }, index) => {
    const label = pictures.length === 1 ? word('download') : word('download-one', { number: index + 1 });
    return element('a', { className: 'button', href: url, download: fileName }, label);
  });
  const grid = answer?.grid;
  if (grid !== undefined) links.push(element('a', { className: 'button', href: grid.url, download: grid.fileName }, word('download-grid')));
  const again = element('button', { type: 'button', className: 'button' }, word('again'));
  again.addEventListener('click', () => onAgain(command));
  return element('div', { className: 'actions' }, ...links, again);
}
