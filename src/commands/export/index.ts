import type { CommandDeclaration } from '../command';
import { merge } from './merge';
import { EXPORT_FLAGS, exportOf, USER_ARGUMENT } from './options';

export const exportPasses: CommandDeclaration = {
  args: [USER_ARGUMENT],
  flags: EXPORT_FLAGS,
  examples: [
    {
      line: 'alipass export 2088000000000003 2088000000000012 --sandbox --group voucher,card -o csv',
      does: 'two users to stdout, without an account',
    },
    {
      line: 'alipass export --users members.txt --group voucher --status can_use --expiring-within 7d --output expiring.ndjson',
      does: 'who still holds a voucher that ends this week; stop it as you like, the same command goes on',
    },
    {
      line: 'alipass export --users expiring.ndjson.failures.csv --group voucher --status can_use --expiring-within 7d --output rest.ndjson',
      does: 'once more, those who failed: asked the same, so that merge joins the two',
    },
  ],
  commands: [merge],
  run: async (context, input) => {
    const options = await exportOf(context, input);
    const { runExport } = await import('./run');
    return runExport(context, options);
  },
};
