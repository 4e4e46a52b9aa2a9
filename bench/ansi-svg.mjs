// Draws what a terminal shows as SVG: monospace, a character at its column, Chinese two columns wide.
import stringWidth from 'string-width';

const CELL = 8.4;
const LINE = 18;
const MARGIN = 12;
/** The colours that alipass paints with, of a dark theme, by their SGR numbers. */
const COLOURS = { 31: '#f47067', 32: '#57ab5a', 33: '#daaa3f', 36: '#39c5cf' };
const [INK, PAPER] = ['#cdd9e5', '#1c2128'];
const FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', monospace";

const SPECIAL = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeXml = text => text.replace(/[&<>]/g, it => SPECIAL[it]);

/** The attributes of text after some more SGR numbers; what is no number of ours changes nothing. */
function paint(look, codes) {
  return codes.reduce((now, code) => {
    if (code === 0) return {};
    if (code === 1) return { ...now, bold: true };
    if (code === 2) return { ...now, dim: true };
    if (code === 22) return { ...now, bold: false, dim: false };
    if (code === 39) return { ...now, colour: undefined };
    return COLOURS[code] ? { ...now, colour: COLOURS[code] } : now;
  }, look);
}

/** The ways that lead from the middle of a box character: left, right, up, down. */
const BOX = {
  '─': 'lr',
  '│': 'ud',
  '┌': 'rd',
  '┐': 'ld',
  '└': 'ru',
  '┘': 'lu',
  '├': 'rud',
  '┤': 'lud',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
};
const WAYS = { l: `h-${CELL / 2}`, r: `h${CELL / 2}`, u: `v-${LINE / 2}`, d: `v${LINE / 2}` };

/** Colours, spaces, a box character, a bar, a Chinese character, words with a space between. */
const PIECE =
  // oxlint-disable-next-line no-control-regex
  /\x1b\[([\d;]*)m| +|[\u2500-\u257f]|[\u2588-\u258f]+|░+|[\u2e80-\uffe6]|(?: ?[^\x1b \u2500-\u257f\u2588-\u2591\u2e80-\uffe6])+/g;

/** The pieces of a line that look alike, each with the column where it begins: whatever the font, columns stay so. */
function piecesOf(line, state) {
  const pieces = [];
  let column = 0;
  for (const [text, codes] of line.matchAll(PIECE)) {
    if (codes !== undefined) {
      state.look = paint(state.look, codes.split(';').map(Number));
      continue;
    }
    if (text.trim() !== '') pieces.push({ text, column, look: state.look });
    column += stringWidth(text);
  }
  return pieces;
}

/** Box characters as lines, which meet whatever the font. */
function drawBoxes(pieces, row) {
  const y = MARGIN + (row + 0.5) * LINE;
  return pieces.flatMap(({ text, column }) => {
    const middle = `M${(MARGIN + (column + 0.5) * CELL).toFixed(1)} ${y}`;
    return [...(BOX[text] ?? '')].map(way => middle + WAYS[way]);
  });
}

/** How much of its cell a block fills, from the left: eighths, less by one from `█` on. */
const shareOf = block => (block === '░' ? 1 : (0x2590 - block.codePointAt(0)) / 8);

function drawBar({ text, column, look }, row) {
  const length = [...text].reduce((sum, block) => sum + shareOf(block) * CELL, 0).toFixed(1);
  const [x, y] = [(MARGIN + column * CELL).toFixed(1), MARGIN + row * LINE + 3];
  const opacity = (look.dim ? 0.6 : 1) * (text.startsWith('░') ? 0.4 : 1);
  return `<rect x="${x}" y="${y}" width="${length}" height="${LINE - 6}" fill="${look.colour ?? INK}" opacity="${opacity}"/>`;
}

function drawPiece(piece, row) {
  const { text, column, look } = piece;
  if (/[\u2588-\u2591]/.test(text)) return drawBar(piece, row);
  const fill = look.colour ? ` fill="${look.colour}"` : '';
  const weight = look.bold ? ' font-weight="bold"' : '';
  const faint = look.dim ? ' opacity="0.6"' : '';
  const x = (MARGIN + column * CELL).toFixed(1);
  const length = (stringWidth(text) * CELL).toFixed(1);
  return `<text x="${x}" y="${MARGIN + (row + 0.75) * LINE}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${fill}${weight}${faint}>${escapeXml(text)}</text>`;
}

/** An SVG of lines with ANSI colours, `columns` wide. */
export function drawSvg(text, columns, title) {
  const lines = text.trimEnd().split('\n');
  const state = { look: {} };
  const rows = lines.map(line => piecesOf(line, state));
  const texts = rows.flatMap((pieces, row) =>
    pieces.filter(({ text }) => !BOX[text]).map(piece => drawPiece(piece, row)),
  );
  const boxes = rows.flatMap(drawBoxes).join('');
  const [width, height] = [Math.ceil(2 * MARGIN + columns * CELL), 2 * MARGIN + lines.length * LINE];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
<g font-family="${FONT}" font-size="14" fill="${INK}" xml:space="preserve">
${texts.join('\n')}
</g>
<path d="${boxes}" stroke="${INK}" stroke-opacity="0.5" fill="none"/>
</svg>
`;
}
