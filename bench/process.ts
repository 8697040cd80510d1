import { readFile } from 'node:fs/promises';

const MEBIBYTE_KIB = 1024;
/** What Linux counts processor time in, on every machine that runs Node. */
const TICK_MS = 10;
/** Where user and system time stand behind the program's name, its own and its children's (proc(5), fields 14 to 17). */
const [USER_AT, SYSTEM_AT, CHILDREN_USER_AT, CHILDREN_SYSTEM_AT] = [11, 12, 13, 14];

/** Resident memory in MiB, and the most it ever was. Linux only. */
export async function memoryOf(pid: number): Promise<{ readonly nowMiB: number; readonly mostMiB: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / MEBIBYTE_KIB;
  return { nowMiB: read('VmRSS'), mostMiB: read('VmHWM') };
}

/** Processor time since the process started, all threads together, in milliseconds. Linux only. */
export const cpuMsOf = async (pid: number): Promise<number> => ticksOf(pid, USER_AT, SYSTEM_AT);

/** That of the programs which it has started and which have ended. */
export const childrenCpuMsOf = async (pid: number): Promise<number> => ticksOf(pid, CHILDREN_USER_AT, CHILDREN_SYSTEM_AT);

async function ticksOf(pid: number, ...places: readonly number[]): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return places.reduce((sum, at) => sum + Number(fields[at]), 0) * TICK_MS;
}
