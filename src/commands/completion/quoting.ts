/** A text as one word of bash and zsh, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Patterns with what is to be said of each. */
export type CasesOf<T> = readonly (readonly [pattern: string, answer: T])[];

/** The patterns of each answer together: most flags are those of many commands. */
export function casesByAnswer<T>(cases: CasesOf<T>): (readonly [patterns: readonly string[], answer: T])[] {
  const byAnswer = new Map<T, string[]>();
  for (const [pattern, answer] of cases) byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), pattern]);
  return [...byAnswer].map(([answer, patterns]) => [patterns, answer] as const);
}
