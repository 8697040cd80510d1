/** `npm run outages -- --long`: the same stories, with outages as long as real ones are. */
export const IS_LONG = process.env['HOAMI_TEST_LONG'] === 'true';

/** A figure that a story measured, for whoever reads the run's output. */
export function report(name: string, figures: Readonly<Record<string, number | string>>): void {
  console.log(`[outages] ${name} ${JSON.stringify(figures)}`);
}

/**
 * The product answers within 1.2 s whatever is down; a platform waits for 3 s. Between the two is what a busy machine adds: the figure that was
 * measured is reported.
 */
export const ANSWERED_WITHIN_MS = IS_LONG ? 1500 : 2800;
