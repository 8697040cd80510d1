import { randomFillSync } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const SIDE_PIXELS = 836;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BIT_RGB = [8, 2, 0, 0, 0];

/**
 * Answers of an image model, each with another picture of 2 MB: noise, and a number in it. All but the end of the base64 is made beforehand, so that
 * answering costs no more than sending. The parts of one answer are to be sent one after the other.
 */
export function createAnswers(): () => readonly [Buffer, Buffer] {
  const start = Buffer.concat([SIGNATURE, chunk('IHDR', header()), chunk('IDAT', deflateSync(noise(), { level: 1 }))]);
  // Base64 can be cut where three bytes end.
  const cut = start.byteLength - (start.byteLength % 3);
  const head = Buffer.from(`{"seeds":[1],"finish_reasons":[null],"images":["${start.toString('base64', 0, cut)}`);
  let count = 0;
  return () => {
    count += 1;
    const end = Buffer.concat([start.subarray(cut), chunk('tEXt', Buffer.from(`Comment\0${count}`)), chunk('IEND', Buffer.alloc(0))]);
    return [head, Buffer.from(`${end.toString('base64')}"]}`)];
  };
}

function header(): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(SIDE_PIXELS, 0);
  bytes.writeUInt32BE(SIDE_PIXELS, 4);
  return Buffer.concat([bytes, Buffer.from(EIGHT_BIT_RGB)]);
}

/** Rows of random bytes, each behind the mark that it is not filtered. */
function noise(): Buffer {
  const rowBytes = 1 + SIDE_PIXELS * 3;
  const rows = randomFillSync(Buffer.alloc(rowBytes * SIDE_PIXELS));
  for (let at = 0; at < rows.byteLength; at += rowBytes) rows[at] = 0;
  return rows;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
