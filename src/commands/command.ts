import type { Context } from '../context';

/** What may stand for a value, as far as a shell can offer it. */
export interface Offer {
  /** All the words there are, or the usual ones, without spaces; a function where they are loaded for it alone. */
  readonly choices?: readonly string[] | (() => Promise<readonly string[]>);
  /** Several of them may stand with commas between. */
  readonly commas?: boolean;
  readonly completes?: 'file' | 'directory' | 'profile';
}

/** A flag as Commander, completion and the generated documentation read it. */
export interface Flag extends Offer {
  /** `--group <word>`, in Commander's notation; `--fault <text...>` takes several and may be repeated. */
  readonly syntax: string;
  readonly help: string;
  /** The heading it stands under in the help. */
  readonly heading:
    | 'Users'
    | 'Query'
    | 'Finding'
    | 'Expectations'
    | 'Watching'
    | 'Work'
    | 'Connection'
    | 'Recording'
    | 'Output'
    | 'Options';
}

/** What was typed: Commander's part ends where this begins. */
export interface Input {
  readonly args: readonly string[];
  /** Flags by their camelCase names, unchecked. */
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** An argument: `<name>`, `[name]` or `[names...]`, in Commander's notation. */
export interface Argument extends Offer {
  readonly syntax: string;
  readonly help: string;
}

/** What a verb takes and does. Its name and summary stand where it is listed: in program.ts or in its group. */
export interface CommandDeclaration {
  readonly args?: readonly Argument[];
  readonly flags: readonly Flag[];
  /** Command lines as one would type them, with what they do. */
  readonly examples?: readonly { readonly line: string; readonly does: string }[];
  /** Returns the exit code; failures are thrown as AlipassError. */
  readonly run: (context: Context, input: Input) => Promise<number>;
  /** Verbs under the name of this one, which does something by itself as well: `alipass export merge`. */
  readonly commands?: CommandGroup['commands'];
}

/** How a verb is called, and what the help says of it in a line. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
}

/** Verbs under a common noun: `alipass profile add`. */
export interface CommandGroup {
  readonly commands: readonly (Verb & CommandDeclaration)[];
}

export function isGroup(entry: CommandDeclaration | CommandGroup): entry is CommandGroup {
  return !('run' in entry);
}
