import { describe, expect, it } from 'vitest';
import { formatMicros, tokensCostMicros } from '#src/core/money.ts';

describe('money', () => {
  it.each([
    [0, '$0.00', '0,00 US$'],
    [80_000, '$0.08', '0,08 US$'],
    [80_300, '$0.0803', '0,0803 US$'],
    [80_321, '$0.0804', '0,0804 US$'],
    [1, '$0.0001', '0,0001 US$'],
    [13_500_000, '$13.50', '13,50 US$'],
  ])('shows %i micro-dollars to the hundredth of a cent, and never less than was paid', (micros, english, vietnamese) => {
    expect(formatMicros(micros, 'en')).toBe(english);
    expect(formatMicros(micros, 'vi')).toBe(vietnamese);
  });

  it('rounds a token price up, so that the books never show less than was billed', () => {
    expect(tokensCostMicros(1, 0.1)).toBe(1);
    expect(tokensCostMicros(2000, 0.1)).toBe(200);
  });
});
