import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const configDirectory = temporaryDirectory();
const profiles = { shop: { app_id: '1' }, 店铺: { app_id: '2' } };
writeFileSync(join(configDirectory, 'config.json'), JSON.stringify({ profiles }), { mode: 0o600 });

const LIST = 'list --sandbox --user 2088888888888888';

describe('a mistyped word brings a suggestion', () => {
  it.each([
    ['lsit', 'list'],
    ['sandbox serv', 'serve'],
    ['list --gruop card', '--group'],
    [`${LIST} --group vouchr`, 'voucher'],
    [`${LIST} --group card --time curent`, 'current'],
    [`${LIST} --group card --status used,can-use`, 'can_use'],
    [`${LIST} --group card --columns pass_id,end_dat`, 'end_date'],
    [`${LIST} --group card --columns dat_info.brandName`, 'data_info.brandName'],
    [`${LIST} --group card --sort -gmt_craete`, 'gmt_create'],
    [`${LIST} --group card -o jsno`, 'json'],
    [`${LIST} --group card --charset utf8-`, 'utf-8'],
    [`${LIST} --group card --sign-type RSA3`, 'RSA2'],
    [`${LIST} --group card --color alway`, 'always'],
    ['explain isv.invalid-signatur', 'isv.invalid-signature'],
    ['sandbox serve --fault latncy=2s', 'latency'],
    ['list --user 2088888888888888 --group card --profile shpo', 'shop'],
    ['profile use 店', undefined],
    ['profile use shopp', 'shop'],
    [`${LIST} --group passport`, undefined],
    [`${LIST} --group card --columns everything`, undefined],
  ])('alipass %s: %s', async (line, meant) => {
    const { code, stderr } = await alipass(line.split(' '), { configDirectory });
    expect([2, 3]).toContain(code);
    const said = /[Dd]id you mean ([^\s?]+)/.exec(stderr.replace(/\n\s+/g, ' '))?.[1]?.replace(/,$/, '');
    expect(said).toBe(meant);
  });
});
