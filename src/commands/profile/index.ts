import type { Argument, CommandGroup, Flag } from '../command';
import { CONNECTION_FLAGS, REPORT_FLAGS, SETTING_FLAGS, TALK_FLAGS } from '../flags';
import { addProfile, removeProfile, renameProfile, useProfile } from './change';
import { importProfile } from './import';
import { listProfiles, showProfile } from './show';

const NEW_NAME: Argument = { syntax: '<name>', help: 'the profile’s name; dots and Chinese are fine' };
const NAME: Argument = { ...NEW_NAME, completes: 'profile' };

const ADD_FLAGS: readonly Flag[] = [
  { syntax: '--use', help: 'make it the current profile (the first one is anyway)', heading: 'Options' },
  { syntax: '--replace', help: 'take the place of a profile of that name', heading: 'Options' },
];

const IMPORT_FLAGS: readonly Flag[] = [
  { syntax: '--name <name>', help: 'the profile’s name (default: the path’s)', heading: 'Options' },
  { syntax: '--app-id <id>', help: 'the app, where the path does not say it', heading: 'Options' },
  { syntax: '--gateway <url>', help: 'the gateway, where the path does not say it', heading: 'Options' },
];

const SHOW_FLAGS: readonly Flag[] = [
  {
    syntax: '--resolved',
    help: 'what a call would use, and where each value comes from',
    heading: 'Options',
  },
];

export const profile: CommandGroup = {
  commands: [
    {
      name: 'add',
      summary: 'add a profile',
      args: [NEW_NAME],
      flags: [...ADD_FLAGS, ...SETTING_FLAGS, ...TALK_FLAGS],
      examples: [
        {
          line: 'alipass profile add shop --app-id 2014072300007148 --private-key-file app.pem --alipay-public-key-file alipay.pem',
          does: 'files are read with each call, not copied',
        },
      ],
      run: addProfile,
    },
    {
      name: 'import',
      summary: 'make a profile of what another tool keeps',
      args: [
        {
          syntax: '<path>',
          help: '.alipay-sandbox.json, the key tool’s folder (应用私钥….txt), or a properties file',
          completes: 'file',
        },
      ],
      flags: [...IMPORT_FLAGS, ...ADD_FLAGS, ...TALK_FLAGS],
      examples: [
        { line: 'alipass profile import .alipay-sandbox.json', does: 'a profile for Alipay’s own sandbox' },
        {
          line: 'alipass profile import ~/keytool/RSA --name shop --app-id 2014072300007148',
          does: 'points at the keys where they are',
        },
      ],
      run: importProfile,
    },
    {
      name: 'list',
      summary: 'list the profiles',
      flags: [...REPORT_FLAGS, ...TALK_FLAGS],
      run: listProfiles,
    },
    {
      name: 'show',
      summary: 'show a profile, never its secrets',
      args: [{ syntax: '[name]', help: 'the current profile when left out', completes: 'profile' }],
      flags: [...SHOW_FLAGS, ...CONNECTION_FLAGS, ...REPORT_FLAGS, ...TALK_FLAGS],
      run: showProfile,
    },
    {
      name: 'use',
      summary: 'make a profile the current one',
      args: [NAME],
      flags: TALK_FLAGS,
      run: useProfile,
    },
    {
      name: 'rename',
      summary: 'give a profile another name',
      args: [NAME, { syntax: '<new-name>', help: 'a name that is free' }],
      flags: TALK_FLAGS,
      run: renameProfile,
    },
    {
      name: 'remove',
      summary: 'remove a profile; key files stay',
      args: [NAME],
      flags: TALK_FLAGS,
      run: removeProfile,
    },
  ],
};
