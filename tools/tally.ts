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
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string().optional() })),
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

/** A machine that was too busy for one or two files is no news; more have failed for a reason. */
const ALONE_MAX = 3;
/** A promise that was broken once is broken: what kills, floods and cuts off gets no second chance. */
const ONCE_ONLY = /[\\/]test[\\/]proof[\\/]/;

/** A failed test of a file that may be run again with nothing beside it. */
export interface Suspect {
  readonly file: string;
  readonly tests: readonly string[];
}

/** What failed in a run of everything and is worth a run of its own: nothing when too much failed, or one of those that must never fail. */
export const suspectsOf = (report: unknown): readonly Suspect[] => {
  const { testResults } = VitestReport.parse(report);
  const suspects = testResults
    .filter((file) => tallyFile(file).failed > 0)
    .map(({ name, assertionResults }) => ({
      file: name,
      tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName = name }) => fullName),
    }));
  const isWorthIt = suspects.length <= ALONE_MAX && suspects.every(({ file, tests }) => tests.length > 0 && !ONCE_ONLY.test(file));
  return isWorthIt ? suspects : [];
};

/** The report of everything, with what the files of the later one came to in their place. */
export const replaced = (report: unknown, later: unknown): unknown => {
  const again = VitestReport.parse(later).testResults;
  const names = new Set(again.map(({ name }) => name));
  return { testResults: [...VitestReport.parse(report).testResults.filter(({ name }) => !names.has(name)), ...again] };
};

/** For a run that must be complete: what was skipped has not been shown to work. */
export const countSkippedAsFailed = (tally: Tally): Tally => ({ ...tally, failed: tally.failed + tally.skipped, skipped: 0 });

/** The last line of a run, which machines read. */
export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
