import type { Params } from '../protocol/params';
import { safeText } from '../terminal/safe-text';
import { ENGLISH_SAY, type Say } from './phrases';

/** A signature with all that led to it. */
export interface SigningSteps {
  readonly params: Params;
  readonly signed_text: string;
  readonly charset: string;
  readonly bytes: string;
  readonly digest: { readonly algorithm: string; readonly hex: string };
  readonly sign_type: string;
  readonly sign: string;
}

/** The steps for a person, in order, in the words of `say`. Lines are whole, as they are there to be copied. */
export function formatSigning(steps: SigningSteps, say: Say = ENGLISH_SAY): string {
  const sorted = Object.entries(steps.params).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sections = {
    '1. Parameters, sorted by name; sign itself and empty ones are left out': sorted
      .filter(([name]) => name !== 'sign')
      .map(([name, value]) => `${name} = ${safeText(value)}`),
    '2. Signed text: joined with &, values raw': [safeText(steps.signed_text)],
    [`3. Its bytes in ${steps.charset}`]: [steps.bytes],
    [`4. Their digest, ${steps.digest.algorithm} for ${steps.sign_type}`]: [steps.digest.hex],
    '5. Signature, RSASSA-PKCS1-v1_5, base64': [steps.sign],
  };
  return Object.entries(sections)
    .map(([title, lines]) => `${say(title)}\n${lines.map(line => `   ${line}\n`).join('')}`)
    .join('\n');
}
