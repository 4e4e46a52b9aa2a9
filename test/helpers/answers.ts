import type { Transport } from '../../src/gateway/transport';
import { TEST_KEYS } from './keys';
import { answerBody } from './platform';
import { responseVectors } from './vectors';

/** The settings of a caller whom {@link answering} answers. */
export const ANSWERED_ENV = {
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
  ALIPASS_ALIPAY_PUBLIC_KEY: responseVectors.platformPublicKey,
  ALIPASS_RETRIES: '0',
};

/** Passes, the HTTP status of a failure, or the sub_code of a refusal. */
export type Answer = readonly unknown[] | number | string;

/**
 * A network that answers call by call, the last answer for ever. `--page 1` makes each listing one call.
 */
export function answering(answers: readonly Answer[]): Transport {
  let call = 0;
  return async () => {
    const answer = answers[Math.min(call++, answers.length - 1)]!;
    const headers = { 'content-type': 'text/html;charset=utf-8' };
    if (typeof answer === 'number') return { status: answer, headers, bytes: Buffer.alloc(0) };
    return { status: 200, headers, bytes: answerBody(JSON.stringify(nodeOf(answer))) };
  };
}

function nodeOf(answer: readonly unknown[] | string): Record<string, unknown> {
  if (typeof answer !== 'string') return { code: '10000', msg: 'Success', pass_info_list: answer };
  return { code: '40002', msg: 'Invalid Arguments', sub_code: answer, sub_msg: 'no' };
}
