import { z } from 'zod';

/** What one run came to. Every static check and every test counts as one. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
type TestFile = z.infer<typeof VitestReport>['testResults'][number];

const countOf = (file: TestFile, ...statuses: string[]): number =>
  file.assertionResults.filter(({ status }) => statuses.includes(status)).length;

const tallyFile = (file: TestFile): Tally => {
  const failed = countOf(file, 'failed');
  const didNotLoad = file.status === 'failed' && failed === 0;
  return {
    passed: countOf(file, 'passed'),
    failed: didNotLoad ? 1 : failed,
    skipped: countOf(file, 'pending', 'skipped', 'todo', 'disabled'),
  };
};

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
});

/**
 * Counts vitest's JSON report. A file that did not load is one failure, and so is a run that failed without a failing test:
 * its set-up broke, an error escaped, or it left no report (`report` is then undefined). Throws on a report of another shape.
 */
export const tallyTests = (report: unknown, exitCode: number): Tally => {
  const counted = report === undefined ? sum([]) : sum(VitestReport.parse(report).testResults.map(tallyFile));
  const failedSilently = counted.failed === 0 && (exitCode !== 0 || counted.passed + counted.skipped === 0);
  return failedSilently ? { ...counted, failed: 1 } : counted;
};

/** For a run that must be complete: what was skipped has not been shown to work. */
export const countSkippedAsFailed = (tally: Tally): Tally => ({ ...tally, failed: tally.failed + tally.skipped, skipped: 0 });

/** The last line of a run, which machines read. */
export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
