import type { Media } from '#src/core/media.ts';
import type { SizePixels } from '#src/core/model.ts';
import { drawSheet, inspect } from './sharp.ts';

/** How a picture came to be, in the words of the IPTC's list of digital source types. */
export type Marking = 'trainedAlgorithmicMedia' | 'algorithmicMedia';

const GUTTER_PIXELS = 8;
const CELL_SIDE_PIXELS_MAX = 1536;
const COUNT_MIN = 2;
const COUNT_MAX = 4;

/** Two pictures side by side, three or four in two rows, each whole, in a JPEG that says for programs how its parts were made. */
export async function makeGrid(pictures: readonly Media[], marking: Marking): Promise<Media> {
  const [first] = pictures;
  if (first === undefined || pictures.length < COUNT_MIN || pictures.length > COUNT_MAX) {
    throw new Error(`a grid is made of ${COUNT_MIN} to ${COUNT_MAX} pictures, not of ${pictures.length}`);
  }
  const cell = cellFor(await inspect(first.bytes));
  const sheet = { cell, columns: 2, gutterPixels: GUTTER_PIXELS, marking: packetFor(marking) };
  return {
    bytes: await drawSheet(
      pictures.map(({ bytes }) => bytes),
      sheet,
    ),
    type: 'image/jpeg',
  };
}

function cellFor({ width, height }: SizePixels): SizePixels {
  const scale = Math.min(1, CELL_SIDE_PIXELS_MAX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** XMP with the one property by which machines recognise generated pictures (IPTC Photo Metadata, Digital Source Type). */
export const packetFor = (marking: Marking): string =>
  '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">' +
  `<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/${marking}</Iptc4xmpExt:DigitalSourceType>` +
  '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';
