import { readFile } from 'node:fs/promises';

/** Whether this machine is one of Amazon's, so that its role is worth asking for. Only Linux says so in a file. */
export async function isInstance(): Promise<boolean> {
  const vendor = await readFile('/sys/class/dmi/id/sys_vendor', 'utf8').catch(() => '');
  return vendor.startsWith('Amazon EC2');
}
