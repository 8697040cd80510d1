/** Text to be drawn is hidden behind tokens while the rest is translated, so that it comes back letter by letter. */
export interface Masked {
  readonly text: string;
  /** As written, quotation marks included; the first is behind `⟦T1⟧`. */
  readonly quotes: readonly string[];
}

export const TOKEN = /⟦T(\d{1,3})⟧/g;
export const QUOTED =
  /"[^"\n]{1,400}"|“[^”\n]{1,400}”|«[^»\n]{1,400}»|(?<![\p{L}\p{N}])['‘](?=\S)[^'’\n]{1,400}(?<=\S)['’](?![\p{L}\p{N}])/gu;

/** A prompt that is quoted as a whole is a prompt, not a text to draw: its quotation marks are dropped. */
export function maskQuotes(text: string): Masked {
  const quotes: string[] = [];
  const masked = text.replace(QUOTED, (quote) => {
    quotes.push(quote);
    return `⟦T${quotes.length}⟧`;
  });
  const whole = quotes.length === 1 && masked.replace(TOKEN, '').replace(/[\s.,!?]/g, '') === '';
  return whole ? { text: text.replace(/^[^\p{L}\p{N}]*["“«'‘]|["”»'’][\s.,!?]*$/gu, '').trim(), quotes: [] } : { text: masked, quotes };
}

/** Puts the quoted texts back where their tokens stand. A token that stands for nothing is left as it is. */
export function restoreQuotes(text: string, quotes: readonly string[]): string {
  return text.replace(TOKEN, (token, number: string) => quotes[Number(number) - 1] ?? token);
}

/** The same, in the quotation marks that picture models were taught: `"…"`. */
export function restoreAsStraightQuotes(text: string, quotes: readonly string[]): string {
  return restoreQuotes(
    text,
    quotes.map((quote) => `"${quote.slice(1, -1).replaceAll('"', '')}"`),
  );
}

export function withoutQuotes(text: string): string {
  return text.replace(QUOTED, ' ').replace(TOKEN, ' ');
}
