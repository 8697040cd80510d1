const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}');

/** What the server says of the product: the language, the commands and flags, the models, and the limits. */
export const {
  language,
  pictureMegabytesMax,
  channelNameLength,
  widths,
  commands,
  flags,
  models,
  ratios,
  styles,
  countMax,
  durations,
  resolutions,
} = data;

/** The page's sentence of that name, with values in the places of their names. */
export const word = (name, values = {}) => data.words[name].replaceAll(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));

const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
const seconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 });
const minutes = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'short', maximumFractionDigits: 0 });

export const sayClock = (at) => clock.format(at);
export const sayFullTime = (at) => full.format(at);
export const sayDuration = (ms) => (ms < 90_000 ? seconds.format(ms / 1000) : minutes.format(ms / 60_000));

/** How long a clip is, as players write it: `0:05`. */
export function sayLength(ms) {
  const length = Math.max(1, Math.round(ms / 1000));
  return `${Math.floor(length / 60)}:${String(length % 60).padStart(2, '0')}`;
}

/** The day as people say it. */
export function sayDay(at, now = Date.now()) {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return word('today');
  return days === 1 ? word('yesterday') : date.format(at);
}

export const startOfDay = (at) => new Date(at).setHours(0, 0, 0, 0);
