const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}');

/** @type {{ language: 'vi' | 'en', pictureMegabytesMax: number }} */
export const { language, pictureMegabytesMax } = data;

/** The page's sentence of that name, with values in the places of their names. */
export const word = (name, values = {}) => data.words[name].replaceAll(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
