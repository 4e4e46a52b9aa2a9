import { isUtf8 } from 'node:buffer';
import { AlipassError, quote } from '../errors';
import { type Charset, decodeText } from '../protocol/charset';
import { type Member, readEnvelope } from '../protocol/envelope';

/** An answer of any method: its one node, and its signature as text. */
export interface SavedAnswer {
  readonly node: Member;
  readonly charset: Charset;
  /** Undefined when the answer has none, or an empty one. */
  readonly sign: string | undefined;
}

/** What bytes without a label are in: GBK unless they are valid UTF-8 (docs/protocol.md, "Answers"). */
export function charsetOf(bytes: Buffer): Charset {
  return isUtf8(bytes) ? 'utf-8' : 'GBK';
}

/**
 * Reads an answer that was saved. A node beside the signed one could say anything, so two are refused.
 * @throws unavailable when it is no answer, untrusted `envelope.duplicate` and `answer.two_nodes`
 */
export function readSavedAnswer(bytes: Buffer): SavedAnswer {
  const charset = charsetOf(bytes);
  const members = readEnvelope(bytes, charset);
  const sign = members.find(({ name }) => name === 'sign');
  return { node: onlyNode(members), charset, sign: sign && textOf(sign, charset) };
}

function onlyNode(members: readonly Member[]): Member {
  const nodes = members.filter(({ name }) => name.endsWith('_response'));
  if (nodes.length === 1) return nodes[0]!;
  if (nodes.length === 0)
    throw new AlipassError('usage', 'verify.no_node', 'The answer has no member that ends in _response');
  const names = nodes.map(({ name }) => quote(name)).join(' and ');
  throw new AlipassError('untrusted', 'answer.two_nodes', `The answer has more than one result: ${names}`, {
    hint: 'A signature covers one of them alone, and the gateway never sends two: the other is forged.',
  });
}

function textOf(member: Member, charset: Charset): string | undefined {
  try {
    const value = JSON.parse(decodeText(member.bytes, charset)) as unknown;
    return value ? String(value) : undefined;
  } catch (cause) {
    throw new AlipassError('unavailable', 'answer.not_json', `The member ${member.name} is not JSON`, {
      cause,
    });
  }
}
