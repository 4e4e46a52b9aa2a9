/** A spreadsheet would take these for numbers, and keep 15 digits of them, or none of the zeros in front. */
const LONG_NUMBER = /^(?:0\d+|\d{12,})$/;
/** These it would take for a number, a day, a time of day, a share or a truth value, and show as that. */
const OTHER_VALUE = /^(?:[¥￥$]?[\d.][\d.,/:% -]*(?:E[+-]?\d+)?|true|false)$/i;
/** A small whole number is the same as text and as a number; a time of the API is of use as a time. */
const SAME_VALUE = /^(?:0|[1-9]\d{0,10}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/;
/** Beginnings of a formula or of a command; the wide forms are the same in East Asian settings. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * Text that Excel and LibreOffice show as it is. Ids, and whatever else they would turn into a value, become `="…"`, a
 * formula that yields the very text; an apostrophe stands before what would be a formula of its own.
 */
export function guardCell(text: string): string {
  const value = LONG_NUMBER.test(text) || (OTHER_VALUE.test(text) && !SAME_VALUE.test(text));
  if (value) return `="${text}"`;
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Tells Excel that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
