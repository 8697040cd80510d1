import type { Language } from './request.ts';

/** Money is counted in whole micro-dollars: 1 US dollar is 1,000,000. */
export const MICROS_PER_DOLLAR = 1_000_000;
/** Of a cent. */
const HUNDREDTHS_PER_DOLLAR = 10_000;

/**
 * `$0.08`, `$0.0804`: cents, and hundredths of them where there are some, rounded up so that nobody is told less than was paid. What must be exact is
 * counted in micros. Vietnamese writes the decimal comma.
 */
export function formatMicros(micros: number, language: Language): string {
  const hundredths = Math.ceil((micros * HUNDREDTHS_PER_DOLLAR) / MICROS_PER_DOLLAR);
  const digits = (hundredths / HUNDREDTHS_PER_DOLLAR).toFixed(4).replace(/0{1,2}$/, '');
  return language === 'vi' ? `${digits.replace('.', ',')} US$` : `$${digits}`;
}

/** Tokens times a price per million tokens, rounded up so that the books never show less than was billed. */
export function tokensCostMicros(tokens: number, dollarsPerMillion: number): number {
  return Math.ceil(tokens * dollarsPerMillion);
}
