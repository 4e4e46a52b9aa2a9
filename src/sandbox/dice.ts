/** FNV-1a with a last mix, 32 bits: neighbours get dice that look unrelated, and the same ones everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** The greatest seed; the least is 0. */
export const MAX_SEED = 999_999_999;

/** One of the choices, which are not none. */
export function pick<T>(choices: readonly T[], dice: number): T {
  return choices[dice % choices.length]!;
}
