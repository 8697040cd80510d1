import { readFile } from 'node:fs/promises';

const MEBIBYTE_KIB = 1024;
/** What Linux counts processor time in, on every machine that runs Node. */
const TICK_MS = 10;
/** Where user and system time stand behind the program's name (proc(5), fields 14 and 15). */
const [USER_AT, SYSTEM_AT] = [11, 12];

/** Resident memory in MiB, and the most it ever was. Linux only. */
export async function memoryOf(pid: number): Promise<{ readonly nowMiB: number; readonly mostMiB: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / MEBIBYTE_KIB;
  return { nowMiB: read('VmRSS'), mostMiB: read('VmHWM') };
}

/** Processor time since the process started, all threads together, in milliseconds. Linux only. */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_AT]) + Number(fields[SYSTEM_AT])) * TICK_MS;
}
