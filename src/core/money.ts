import type { Language } from './request.ts';

/** Money is counted in whole micro-dollars: 1 US dollar is 1,000,000. */
export const MICROS_PER_DOLLAR = 1_000_000;

/** `$0.08`, `$0.0803`: cents at least, and as many further places as are not zero. Vietnamese writes the decimal comma. */
export function formatMicros(micros: number, language: Language): string {
  const digits = (micros / MICROS_PER_DOLLAR).toFixed(6).replace(/0{1,4}$/, '');
  return language === 'vi' ? `${digits.replace('.', ',')} US$` : `$${digits}`;
}

/** Tokens times a price per million tokens, rounded up so that the books never show less than was billed. */
export function tokensCostMicros(tokens: number, dollarsPerMillion: number): number {
  return Math.ceil(tokens * dollarsPerMillion);
}
