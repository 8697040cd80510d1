const QUERY_LENGTH_MAX = 200;
const QUERY_WORDS_MAX = 12;

/** PostgreSQL refuses text with a NUL in it. */
export function plain(text: string): string {
  return text.replaceAll('\0', '');
}

/** The form in which words are kept and looked for: lower case, without Vietnamese or other Latin marks. */
export function fold(text: string): string {
  const bare = plain(text)
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '');
  return bare.replaceAll('đ', 'd').normalize('NFC');
}

/** One LIKE pattern, with `!` as its escape, for each word that must be there. Only a query's beginning is looked at. */
export function patternsOf(query: string): string[] {
  const words = fold(query.slice(0, QUERY_LENGTH_MAX)).split(/\s+/u);
  const wanted = words.filter((word) => word !== '').slice(0, QUERY_WORDS_MAX);
  return wanted.map((word) => `%${word.replaceAll(/[!%_]/g, '!$&')}%`);
}
