import { type Group, GROUPS } from '../protocol/api';
import { AWKWARD, FAR_FUTURE, withFields } from './awkward';
import { hash } from './dice';
import type { Dataset, Holding, SandboxPass } from './holding';
import { createListedHolding } from './listed-holding';
import { createMadeHolding } from './made-holding';

/** The user of the API page, who holds its sample pass among the current vouchers. */
export const PAGE_USER = '2088888888888888';

/** Holds all that is awkward, in every group, current and past alike. */
export const AWKWARD_USER = '2088999999999999';

/** Users `20880000` + eight digits hold exactly that many passes in every group and time: for tests of paging. */
const COUNTED_USER = /^20880000(\d{8})$/;

/** The passes that the sandbox serves: the same for a user at every call, different between users. */
export function createSampleDataset(startMs: number): Dataset {
  return (userId, group) => {
    if (userId === AWKWARD_USER) return createAwkwardHolding(group, startMs);
    const counted = COUNTED_USER.exec(userId);
    const seed = hash(`${userId}/${group}`);
    const usable = counted ? Number(counted[1]) : 4 + (seed % 5);
    const past = counted ? usable : 4 + ((seed >>> 4) % 5);
    const idPrefix = String(7_100 + (seed % 90_000));
    const made = createMadeHolding({ seed, group, idPrefix, usable, past, startMs });
    return userId === PAGE_USER && group === 'voucher' ? withPagePass(made) : made;
  };
}

function withPagePass(made: Holding): Holding {
  return {
    length: made.length + 1,
    usable: made.usable + 1,
    at: index => (index === 0 ? PAGE_PASS : made.at(index - 1)),
    indexOf: passId => {
      if (passId === PAGE_PASS['pass_id']) return 0;
      const index = made.indexOf(passId);
      return index < 0 ? index : index + 1;
    },
  };
}

/** Ids stay unique: the past passes keep their own. */
function createAwkwardHolding(group: Group, startMs: number): Holding {
  const table = [...Object.values(AWKWARD), FAR_FUTURE];
  const { length } = table;
  const idPrefix = `7099${GROUPS.indexOf(group)}`;
  const made = createMadeHolding({ seed: 0, group, idPrefix, usable: length, past: length, startMs });
  const current = table.map((fields, i) => withFields(made.at(i), fields));
  const past = table.map((fields, i) => {
    const own = made.at(length + i);
    return withFields(own, { ...fields, pass_id: own['pass_id'] });
  });
  return createListedHolding([...current, ...past], startMs);
}

/** The sample of the API page, value for value. */
const PAGE_INFO = JSON.stringify({
  logoText: '2元',
  brandName: 'fengyunN',
  secondLogoText: '秦月单品满减优惠满5减2',
  itemDesc: '1212淘鲜达口碑核销券单品满减优惠券',
  btnDesc: '去买单',
});
const PAGE_PASS: SandboxPass = {
  second_logo_text: '30份吮指鸡块',
  end_date: '2017-11-15 10:41:43',
  gmt_create: '2017-11-20 10:41:23',
  mechant_name: '商家名称',
  data_info: PAGE_INFO,
  pass_id: '7000790003',
  item_id: '20171115011040030100030000009952',
  shop_id_list: ['2015092700077000000004491925'],
  ext_info: PAGE_INFO,
  logo_text: '30份吮指鸡块',
  start_date: '2017-11-15 10:41:43',
  status: 'can_use',
};
