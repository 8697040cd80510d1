/** Lines and dabs of a round brush, in the pixels of a picture. */
const KEY_STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HALF = 128;
const OPAQUE = 255;

/**
 * Where somebody paints with the mouse, a finger, a pen or the keyboard.
 * @param {HTMLCanvasElement} canvas as large as the picture, shown over it
 * @param {{ brush: () => number, onChange: () => void }} options `brush`: how wide, in the picture's pixels
 */
export function createMaskCanvas(canvas, { brush, onChange }) {
  const paper = canvas.getContext('2d');
  const cursor = { x: canvas.width / 2, y: canvas.height / 2, isShown: false };
  let strokes = [];
  let current;

  function redraw() {
    paper.clearRect(0, 0, canvas.width, canvas.height);
    for (const stroke of strokes) drawStroke(paper, stroke, getComputedStyle(canvas).color);
    if (cursor.isShown) drawRing(paper, cursor, brush());
  }

  function change(made) {
    strokes = made;
    redraw();
    onChange();
  }

  /** Where in the picture a pointer is: the picture is shown smaller than it is. */
  function placeOf({ clientX, clientY }) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * canvas.width, ((clientY - top) / height) * canvas.height];
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    cursor.isShown = false;
    current = { size: brush(), points: [placeOf(event)] };
    change([...strokes, current]);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (current === undefined || !event.isPrimary) return;
    const events = event.getCoalescedEvents?.() ?? [];
    current.points.push(...(events.length === 0 ? [event] : events).map(placeOf));
    redraw();
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      current = undefined;
    });
  canvas.addEventListener('keydown', (event) => {
    const step = KEY_STEPS[event.key];
    if (step === undefined && event.key !== ' ') return;
    event.preventDefault();
    cursor.isShown = true;
    if (step === undefined) change([...strokes, { size: brush(), points: [[cursor.x, cursor.y]] }]);
    else {
      cursor.x = Math.min(canvas.width, Math.max(0, cursor.x + (step[0] * brush()) / 2));
      cursor.y = Math.min(canvas.height, Math.max(0, cursor.y + (step[1] * brush()) / 2));
      redraw();
    }
  });
  canvas.addEventListener('blur', () => {
    cursor.isShown = false;
    redraw();
  });

  return {
    isEmpty: () => strokes.length === 0,
    undo: () => change(strokes.slice(0, -1)),
    clear: () => change([]),
    redraw,
    /** White where it was painted, black elsewhere, no grey between: a PNG as large as the picture. */
    toMask: () => toMask(canvas, strokes),
  };
}

function drawStroke(paper, { size, points }, colour) {
  const [[x, y], ...rest] = points;
  Object.assign(paper, { lineWidth: size, lineCap: 'round', lineJoin: 'round', strokeStyle: colour, fillStyle: colour });
  // A line to where it begins would not be drawn.
  paper.beginPath();
  paper.arc(x, y, size / 2, 0, 2 * Math.PI);
  paper.fill();
  paper.beginPath();
  paper.moveTo(x, y);
  for (const [toX, toY] of rest) paper.lineTo(toX, toY);
  paper.stroke();
}

function drawRing(paper, { x, y }, size) {
  for (const [lineWidth, strokeStyle] of [
    [size / 6, '#fff'],
    [size / 14, '#000'],
  ]) {
    Object.assign(paper, { lineWidth, strokeStyle });
    paper.beginPath();
    paper.arc(x, y, size / 2, 0, 2 * Math.PI);
    paper.stroke();
  }
}

function toMask({ width, height }, strokes) {
  const sheet = Object.assign(document.createElement('canvas'), { width, height });
  const paper = sheet.getContext('2d', { willReadFrequently: true });
  paper.fillStyle = '#000';
  paper.fillRect(0, 0, width, height);
  for (const stroke of strokes) drawStroke(paper, stroke, '#fff');
  // The edge of a stroke is drawn in greys, and some models take none.
  const image = paper.getImageData(0, 0, width, height);
  for (let at = 0; at < image.data.length; at += 4) image.data.fill(image.data[at] >= HALF ? OPAQUE : 0, at, at + 3);
  paper.putImageData(image, 0, 0);
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
}
