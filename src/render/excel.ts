/** A spreadsheet would take these for numbers, and keep 15 digits of them, or none of the zeros in front. */
const NUMBER_LIKE = /^(?:0\d+|\d{12,}|\d+[eE][+-]?\d+)$/;
/** Beginnings of a formula or of a command; the wide forms are the same in East Asian settings. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * Text that Excel and LibreOffice show as it is. Ids become `="…"`, a formula that yields the very text; an apostrophe
 * stands before what would be a formula of its own.
 */
export function guardCell(text: string): string {
  if (NUMBER_LIKE.test(text)) return `="${text}"`;
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Tells Excel that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
