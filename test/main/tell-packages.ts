import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Imported before a program: at its end it says on standard error which packages it has loaded, however they were asked for. */
const packages = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  },
});
process.on('exit', () => writeSync(2, `\npackages: ${[...packages].toSorted().join(' ')}\n`));
