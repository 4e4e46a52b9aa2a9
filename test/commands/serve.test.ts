import { expect, it } from 'vitest';
import { warnOnceEach } from '../../src/commands/sandbox/serve';

it('warnOnceEach warns of what goes wrong in the sandbox, of each thing once', () => {
  const said: string[] = [];
  const tell = warnOnceEach({ warn: text => said.push(text) });
  for (const message of ['broken', 'bent', 'broken']) tell(new Error(message));
  expect(said).toEqual([
    'The sandbox could not answer a call: Error: broken',
    'The sandbox could not answer a call: Error: bent',
  ]);
});
