import { element } from './element.mjs';
import { wordsFor } from './words.mjs';

/**
 * @typedef {{ kind: string, [name: string]: any }} Deed
 * @typedef {{ readonly field: string, readonly file: File }} Handed
 * @typedef {(deed: Deed, files?: readonly Handed[]) => Promise<{ notice?: string, choices?: any[] }>} Act
 */

const NOTICE_MS = 6000;

/**
 * Fills the page: the bar with the people one can be, and below it the window of whoever one is.
 * @param {string} title
 * @param {(root: HTMLElement, act: Act) => { draw(scene: any): void }} mount called anew for each person
 */
export async function openWindow(title, mount) {
  const people = await (await fetch('/people')).json();
  const bar = element('header', { className: 'bar' });
  const root = element('div', { className: 'root' });
  const notices = element('div', { className: 'notices', role: 'status' });
  document.body.append(bar, root, notices);
  let live;

  function notice(text) {
    const shown = element('p', { className: 'notice' }, text);
    notices.append(shown);
    setTimeout(() => shown.remove(), NOTICE_MS);
  }

  function become(person) {
    live?.close();
    history.replaceState(undefined, '', `#${encodeURIComponent(person.name)}`);
    document.documentElement.lang = person.locale.slice(0, 2);
    root.replaceChildren();
    const word = wordsFor(person.locale);
    const rules = element('span', { className: 'rules' });
    const drawn = drawBar(bar, title, people, person, word, become, rules);
    const view = mount(root, (deed, files) => act(person.name, deed, files, notice));
    live = new EventSource(`/live?as=${encodeURIComponent(person.name)}`);
    live.addEventListener('scene', (event) => {
      const scene = JSON.parse(event.data);
      drawn.classList.remove('lost');
      showRules(rules, scene.violations, word);
      view.draw(scene);
    });
    live.addEventListener('error', () => {
      drawn.classList.add('lost');
      rules.textContent = word('lost');
    });
  }

  const wanted = decodeURIComponent(location.hash.slice(1));
  become(people.find(({ name }) => name === wanted) ?? people[0]);
}

function showRules(rules, violations, word) {
  const { length: count } = violations;
  rules.textContent = count === 0 ? word('rules-kept') : word('rules-broken', { count });
  rules.title = violations.join('\n');
  rules.classList.toggle('broken', count > 0);
}

function drawBar(bar, title, people, person, word, become, rules) {
  const choices = people.map((one) =>
    element(
      'button',
      { type: 'button', className: 'who', 'aria-pressed': String(one === person), onclick: () => become(one) },
      one.name,
      element('small', {}, [one.locale.slice(0, 2), ...(one.isAdmin ? [word('admin')] : [])].join(' · ')),
    ),
  );
  bar.replaceChildren(
    element('span', { className: 'bar-title' }, element('b', {}, 'Họa Mi'), element('span', {}, ` · ${title}, ${word('stands-in')}`)),
    rules,
    element('nav', { className: 'people', 'aria-label': word('be') }, element('span', {}, word('be')), choices),
  );
  return bar;
}

async function act(name, deed, files = [], notice) {
  const form = new FormData();
  form.set('deed', JSON.stringify(deed));
  for (const { field, file } of files) form.append(`file.${field}`, file, file.name);
  const answer = await fetch(`/deed?as=${encodeURIComponent(name)}`, { method: 'POST', body: form });
  const outcome = answer.ok ? await answer.json() : { notice: `${answer.status} ${answer.statusText}` };
  if (outcome.notice !== undefined) notice(outcome.notice);
  return outcome;
}
