import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/errors';
import { flagOf, SETTING_NAMES, type SettingName, settingOf } from '../../src/profile/settings';
import { refusal } from '../helpers/refusal';

const GATEWAY = 'https://openapi.alipay.com/gateway.do';

describe('settingOf(…).check', () => {
  it.each<[SettingName, text: string, stored: string]>([
    ['gateway', GATEWAY, GATEWAY],
    ['gateway', 'http://127.0.0.1:8080/gateway.do?x=1', 'http://127.0.0.1:8080/gateway.do?x=1'],
    ['app_id', '1', '1'],
    ['app_id', '9'.repeat(32), '9'.repeat(32)],
    ['private_key_file', '/keys/app.pem', resolve('/keys/app.pem')],
    ['private_key_file', 'app.pem', resolve('app.pem')],
    ['private_key_file', '-', '-'],
    ['private_key_command', 'vault read key', 'vault read key'],
    ['private_key', 'MIIE', 'MIIE'],
    ['alipay_public_key_file', 'alipay.pem', resolve('alipay.pem')],
    ['alipay_public_key', 'MIIB', 'MIIB'],
    ['app_auth_token', '2015', '2015'],
    ['charset', 'utf-8', 'utf-8'],
    ['charset', 'gbk', 'gbk'],
    ['charset', 'GB2312', 'GB2312'],
    ['sign_type', 'RSA2', 'RSA2'],
    ['sign_type', 'RSA', 'RSA'],
    ['timeout', '800ms', '800ms'],
    ['timeout', '1h', '1h'],
    ['retries', '0', '0'],
    ['retries', '99', '99'],
    ['retries', '07', '7'],
    ['proxy', 'http://proxy.example:3128', 'http://proxy.example:3128'],
    ['proxy', 'https://user:pw@proxy.example', 'https://user:pw@proxy.example'],
  ])('the check of %s accepts %j', (name, text, stored) => {
    expect(settingOf(name).check(text, 'here')).toBe(stored);
  });

  it.each<[SettingName, text: string]>([
    ['gateway', ''],
    ['gateway', 'openapi.alipay.com'],
    ['gateway', 'ftp://openapi.alipay.com/'],
    ['gateway', 'file:///etc/passwd'],
    ['gateway', 'https://'],
    ['gateway', 'https://user@openapi.alipay.com/'],
    ['gateway', 'https://:pw@openapi.alipay.com/'],
    ['gateway', `${GATEWAY}#x`],
    ['gateway', `${GATEWAY} `],
    ['gateway', ` ${GATEWAY}`],
    ['gateway', 'https:openapi.alipay.com'],
    ['app_id', ''],
    ['app_id', '12a'],
    ['app_id', ' 1'],
    ['app_id', '１２'],
    ['app_id', '9'.repeat(33)],
    ['charset', ''],
    ['charset', 'utf-16'],
    ['charset', 'gb18030'],
    ['charset', ' GBK '],
    ['sign_type', 'rsa2'],
    ['sign_type', 'MD5'],
    ['sign_type', 'toString'],
    ['timeout', '0s'],
    ['timeout', '15'],
    ['timeout', '2h'],
    ['retries', '-1'],
    ['retries', '100'],
    ['retries', ''],
    ['proxy', 'proxy.example:3128'],
    ['proxy', 'socks5://proxy.example'],
    ['proxy', ''],
  ])('the check of %s refuses %j, naming where it was set', (name, text) => {
    const error = refusal(() => settingOf(name).check(text, 'here'));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
    expect(error.message).toContain(`here ${quote(text)} must be`);
  });
});

describe('SETTINGS', () => {
  it('flagOf writes a name with hyphens', () => {
    expect(flagOf('alipay_public_key_file')).toBe('--alipay-public-key-file');
  });

  it('SETTINGS name each environment variable after the setting', () => {
    const named = SETTING_NAMES.filter(name => settingOf(name).env !== undefined);
    expect(named.map(name => settingOf(name).env)).toEqual(
      named.map(name => `ALIPASS_${name.toUpperCase()}`),
    );
    expect(SETTING_NAMES.filter(name => !named.includes(name))).toEqual(['proxy']);
  });

  it('SETTINGS keep the private key itself out of profiles and off the command line', () => {
    expect(settingOf('private_key')).toMatchObject({ inProfile: false, secret: true });
    expect(settingOf('private_key').flagValue).toBeUndefined();
    expect(SETTING_NAMES.filter(name => !settingOf(name).inProfile)).toEqual(['private_key', 'encrypt_key']);
  });

  it('SETTINGS say which ones tell who calls', () => {
    expect(SETTING_NAMES.filter(name => !settingOf(name).identity)).toEqual([
      'charset',
      'sign_type',
      'timeout',
      'retries',
      'proxy',
    ]);
  });
});
