import { AlipassError } from '../../src/errors';

/** The AlipassError that `run` throws; a run that throws none, or something else, fails the test. */
export function refusal(run: () => unknown): AlipassError {
  try {
    run();
  } catch (error) {
    return alipassError(error);
  }
  throw new Error('It was accepted.');
}

/** The AlipassError that `promise` rejects with; anything else fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<AlipassError> {
  const outcome = await promise.then(
    () => ({ accepted: true as const }),
    (error: unknown) => ({ accepted: false as const, error }),
  );
  if (outcome.accepted) throw new Error('It was accepted.');
  return alipassError(outcome.error);
}

function alipassError(error: unknown): AlipassError {
  if (error instanceof AlipassError) return error;
  throw error;
}
