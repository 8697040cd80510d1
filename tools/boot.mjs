// `node tools/boot.mjs <command> [arguments]`: one command on a fresh machine, whatever its own Node is (14 or later).
import { run } from './run.mjs';

const [command, ...args] = process.argv.slice(2);
process.exitCode = await run(command, args);
