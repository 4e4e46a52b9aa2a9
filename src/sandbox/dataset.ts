import type { Group, PassStatus } from '../protocol/api';
import { formatBeijingTime } from '../protocol/time';
import type { Dataset, SandboxPass } from './holding';

/** The user of the API page, who holds its sample pass among the current vouchers. */
export const PAGE_USER = '2088888888888888';

/** Users `20880000` + eight digits hold exactly that many passes in every group and time: for tests of paging. */
const COUNTED_USER = /^20880000(\d{8})$/;

/** The passes that the sandbox serves: the same for a user at every call, different between users. */
export function createSampleDataset(startMs: number): Dataset {
  return (userId, group) => {
    const counted = COUNTED_USER.exec(userId);
    const seed = hash(`${userId}/${group}`);
    const usable = counted ? Number(counted[1]) : 4 + (seed % 5);
    const past = counted ? usable : 4 + ((seed >>> 4) % 5);
    const pagePasses = userId === PAGE_USER && group === 'voucher' ? [PAGE_PASS] : [];
    const first = pagePasses.length;
    const base = 7_100_000_000_000 + (seed % 90_000) * 1_000_000_000;
    const order = { seed, group, usable, startMs, base };
    return {
      length: first + usable + past,
      usable: first + usable,
      at: index => pagePasses[index] ?? createPass(order, index - first),
      indexOf: passId => {
        const index = Number(passId) - base;
        if (index >= 0 && index < usable + past) return first + index;
        return pagePasses.findIndex(pass => pass['pass_id'] === passId);
      },
    };
  };
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

interface Article {
  readonly merchant: string;
  readonly title: string;
  readonly subtitle: string;
  readonly button: string;
}

function article(merchant: string, title: string, subtitle: string, button: string): Article {
  return { merchant, title, subtitle, button };
}

/** What a customer of a fresh-food retailer carries, by group. */
const CATALOGUE: Readonly<Record<Group, readonly Article[]>> = {
  card: [
    article('盒马鲜生', '盒马X会员黄金卡', '每周二88折，天天免运费', '去使用'),
    article('盒马鲜生', '储值卡 500元', '全国门店通用', '查看余额'),
    article('盒马邻里', '自提点会员卡', '南京·奥体店', '去使用'),
    article('盒马烘焙', '面包月卡', '30天每天一只可颂', '去领取'),
  ],
  voucher: [
    article('盒马鲜生', '满99减20', '生鲜专用，活动商品除外', '去买单'),
    article('盒马鲜生·南京', '30份吮指鸡块', '到店现炸，当日有效', '去买单'),
    article('盒马工坊', '5元早餐券', '豆浆油条套餐可用', '去使用'),
    article('淘鲜达', '冷饮第二件半价', '哈根达斯、和路雪、蒙牛', '去凑单'),
    article('盒马鲜生', '帝王蟹立减100元', '限3.5斤以上', '去抢购'),
  ],
  ticket: [
    article('盒马鲜生', '波士顿龙虾品鉴会', '两人同行，凭票入场', '查看门票'),
    article('盒马村', '草莓采摘票', '亲子票，1大1小', '查看门票'),
    article('盒马烘焙', '周末蛋糕课', '材料已含，请提前10分钟到场', '查看门票'),
  ],
  cert: [
    article('盒马鲜生', '食品安全追溯凭证', '批次 A-2041', '查看凭证'),
    article('盒马鲜生', '提货凭证 大闸蟹8只', '凭证到店提货', '去提货'),
    article('淘鲜达', '退款凭证', '缺货自动退款', '查看凭证'),
  ],
};

const PAST_STATUSES: readonly PassStatus[] = ['used', 'expired', 'closed'];

const DAY_MS = 24 * 60 * 60 * 1000;

interface PassOrder {
  readonly seed: number;
  readonly group: Group;
  readonly usable: number;
  readonly startMs: number;
  /** The id of the first pass. */
  readonly base: number;
}

function createPass({ seed, group, usable, startMs, base }: PassOrder, index: number): SandboxPass {
  const dice = hash(`${seed}/${index}`);
  const { merchant, title, subtitle, button } = pick(CATALOGUE[group], dice);
  const { start, end } = validity(lastDay(index, usable, dice), dice, startMs);
  const info = JSON.stringify({
    logoText: title,
    brandName: merchant,
    secondLogoText: subtitle,
    btnDesc: button,
  });
  return {
    pass_id: String(base + index),
    mechant_name: merchant,
    logo_text: title,
    second_logo_text: subtitle,
    item_id: `2024${String(dice).padStart(12, '0')}${String(index).padStart(16, '0')}`,
    start_date: formatBeijingTime(start),
    end_date: formatBeijingTime(end),
    gmt_create: formatBeijingTime(start - (dice % DAY_MS)),
    shop_id_list: [shopId(dice), shopId(dice + 1)],
    data_info: info,
    status: index < usable ? 'can_use' : pick(PAST_STATUSES, index),
    ext_info: info,
  };
}

/** Days that the usable passes of a user are spread over. */
const USABLE_DAYS = 60;

/** The last day of a pass, counted from the start's: usable passes end later the sooner they come. */
function lastDay(index: number, usable: number, dice: number): number {
  if (index >= usable) return -1 - (dice % 180);
  return Math.floor(((usable - 1 - index + (dice % 1024) / 1024) * USABLE_DAYS) / usable);
}

/** From the start of one Beijing day to the last second of another. */
function validity(lastDay: number, dice: number, startMs: number): { start: number; end: number } {
  const today = Math.floor((startMs + 8 * 3_600_000) / DAY_MS) * DAY_MS - 8 * 3_600_000;
  const end = today + (lastDay + 1) * DAY_MS - 1000;
  const days = USABLE_DAYS + ((dice >>> 8) % 30);
  return { start: end + 1000 - days * DAY_MS, end };
}

function shopId(dice: number): string {
  return `20150927000770000000${String(dice % 100_000_000).padStart(8, '0')}`;
}

function pick<T>(choices: readonly T[], dice: number): T {
  return choices[dice % choices.length]!;
}

/** FNV-1a with a last mix, 32 bits: neighbours get dice that look unrelated. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
