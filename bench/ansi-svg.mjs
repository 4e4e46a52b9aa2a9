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

/** The pieces of a line that look alike, each with the column where it begins. Chinese stands by itself, as fonts differ. */
function piecesOf(line, state) {
  const pieces = [];
  let column = 0;
  // oxlint-disable-next-line no-control-regex
  for (const [text, codes] of line.matchAll(/\x1b\[([\d;]*)m|[\u2e80-\uffe6]|[^\x1b\u2e80-\uffe6]+/g)) {
    if (codes !== undefined) {
      state.look = paint(state.look, codes.split(';').map(Number));
      continue;
    }
    if (text.trim() !== '') pieces.push({ text, column, look: state.look });
    column += stringWidth(text);
  }
  return pieces;
}

function drawPiece({ text, column, look }, row) {
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
  const texts = lines.flatMap((line, row) => piecesOf(line, state).map(piece => drawPiece(piece, row)));
  const [width, height] = [Math.ceil(2 * MARGIN + columns * CELL), 2 * MARGIN + lines.length * LINE];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
<g font-family="${FONT}" font-size="14" fill="${INK}" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`;
}
