import { get } from './api.mjs';
import { drawChart } from './chart.mjs';
import { byId, element } from './element.mjs';
import { language, sayDuration, word } from './words.mjs';

const REFRESH_MS = 10_000;
const count = new Intl.NumberFormat(language);

/** What was spent, what is in hand, and whether everything answers. */
export function createUsage() {
  const place = byId('usage-body');
  let timer;
  let shown;

  async function refresh() {
    try {
      const usage = await get('/api/usage');
      const key = JSON.stringify(usage);
      // What is being read or listened to is not drawn again for nothing.
      if (key !== shown) place.replaceChildren(...draw(usage));
      shown = key;
    } catch {
      shown = undefined;
      place.replaceChildren(element('p', { className: 'offline', role: 'status' }, word('usage-failed')));
    }
  }

  return {
    show: () => {
      clearInterval(timer);
      timer = setInterval(() => void (document.hidden || refresh()), REFRESH_MS);
      return refresh();
    },
    hide: () => clearInterval(timer),
  };
}

function draw({ total, calls, days, people, models, line, services }) {
  return [
    element(
      'div',
      { className: 'cards' },
      drawCard(word('usage-total', { days: days.length }), total, word('usage-calls', { count: count.format(calls) })),
      drawCard(
        word('usage-line'),
        count.format(line.queued),
        line.oldestMs === undefined ? word('usage-nobody-waits') : word('usage-oldest', { time: sayDuration(line.oldestMs) }),
      ),
      drawCard(word('usage-running'), count.format(line.running), ''),
    ),
    element(
      'section',
      { 'aria-labelledby': 'usage-days' },
      element('h2', { id: 'usage-days' }, word('usage-days')),
      drawChart(days),
      drawDays(days),
    ),
    element(
      'div',
      { className: 'columns' },
      drawShares('usage-people', word('usage-people'), people),
      drawShares('usage-models', word('usage-models'), models),
    ),
    drawServices(services),
  ];
}

const drawCard = (label, value, more) =>
  element(
    'div',
    { className: 'card' },
    element('p', { className: 'card-label' }, label),
    element('p', { className: 'card-value' }, value),
    element('p', { className: 'card-more' }, more),
  );

function drawTable(caption, heads, rows) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  return element(
    'table',
    {},
    element('caption', { className: 'unseen' }, caption),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
}

function drawDays(days) {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const spent = days.filter(({ calls }) => calls > 0).toReversed();
  const rows = spent.map(({ date: day, calls, price }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, date.format(new Date(day))),
      element('td', {}, count.format(calls)),
      element('td', {}, price),
    ),
  );
  const table = drawTable(word('usage-days'), [word('usage-day'), word('usage-calls-head'), word('label-price')], rows);
  return element(
    'details',
    { className: 'as-table' },
    element('summary', {}, word('usage-as-table')),
    element('div', { className: 'scrolls', tabIndex: 0, role: 'region', 'aria-label': word('usage-days') }, table),
  );
}

function drawShares(id, title, shares) {
  const rows = shares.map(({ label, isYou, calls, price, share }) => {
    const bar = element('span', { className: 'bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', String(share));
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, isYou ? word('you') : (label ?? word('somebody')), bar),
      element('td', {}, count.format(calls)),
      element('td', {}, price),
    );
  });
  const table =
    rows.length === 0
      ? element('p', { className: 'hint' }, word('usage-nothing'))
      : drawTable(title, [title, word('usage-calls-head'), word('label-price')], rows);
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), table);
}

function drawServices(services) {
  const items = services.map(({ name, answers }) =>
    element(
      'li',
      { className: answers ? 'answers' : 'silent' },
      element('span', { className: 'dot', 'aria-hidden': 'true' }),
      element('strong', {}, word(`service-${name}`)),
      element('span', {}, word(answers ? 'service-answers' : 'service-silent')),
    ),
  );
  return element(
    'section',
    { 'aria-labelledby': 'usage-services' },
    element('h2', { id: 'usage-services' }, word('usage-services')),
    element('ul', { className: 'services' }, ...items),
  );
}
