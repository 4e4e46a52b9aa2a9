import type { Context } from '../context';
import { AlipassError, type GatewayFault } from '../errors';
import { maskText, maskValue } from '../passes/mask';

/** Runs a command of which no whole user id comes out on stderr; what it answers it must mask itself. */
export async function runMasked(
  context: Context,
  run: (context: Context) => Promise<number>,
): Promise<number> {
  const { stderr } = context;
  const masked: Context['stderr'] = {
    isTTY: stderr.isTTY,
    get columns() {
      return stderr.columns;
    },
    write: text => stderr.write(typeof text === 'string' ? maskText(text) : text),
  };
  try {
    return await run({ ...context, stderr: masked });
  } catch (error) {
    throw error instanceof AlipassError ? maskError(error) : error;
  }
}

function maskError(error: AlipassError): AlipassError {
  const { kind, code, message, hint, retryable, gateway, cause } = error;
  return new AlipassError(kind, code, maskText(message), {
    hint: hint && maskText(hint),
    retryable,
    cause,
    ...(gateway ? { gateway: maskValue(gateway) as GatewayFault } : {}),
  });
}
