import type { Words } from './words';

const laterOrAgo = (count: number, unit: string, ahead: boolean): string =>
  `${count} ${unit}${ahead ? '后' : '前'}`;
const inGroup = (time: string, group: string, user: string): string =>
  `用户 ${user} 的${group}分组（${time}）`;

const onPage = (page: number | undefined): string => (page === undefined ? '' : `第 ${page} 页`);

/** The catalogue in Chinese. Statuses and fields go by the words of the API page. */
export const CHINESE: Words = {
  fields: {
    pass_id: '卡券 ID',
    mechant_name: '商家',
    logo_text: '标题',
    second_logo_text: '副标题',
    item_id: '商品 ID',
    start_date: '有效期起',
    end_date: '有效期至',
    gmt_create: '创建时间',
    shop_id_list: '可用门店',
    data_info: '凭证信息',
    status: '状态',
    ext_info: '扩展信息',
  },
  statuses: { can_use: '可使用', used: '已使用', expired: '已过期', closed: '已失效' },
  groups: { card: '卡', voucher: '券', ticket: '票', cert: '证件' },
  times: { current: '当前', past: '失效' },
  relative: {
    now: '现在',
    today: '今天',
    tomorrow: '明天',
    yesterday: '昨天',
    minutes: (count, ahead) => laterOrAgo(count, '分钟', ahead),
    hours: (count, ahead) => laterOrAgo(count, '小时', ahead),
    days: (count, ahead) => laterOrAgo(count, '天', ahead),
    months: (count, ahead) => laterOrAgo(count, '个月', ahead),
    years: (count, ahead) => laterOrAgo(count, '年', ahead),
  },
  listing: {
    asking: '正在查询卡券…',
    soFar: (passes, pages) => `已读取 ${passes} 张卡券，共 ${pages} 页…`,
    none: (time, group, user, page) => `${inGroup(time, group, user)}${onPage(page)}没有卡券。`,
    noneFound: (count, time, group, user, page) =>
      `${inGroup(time, group, user)}${onPage(page)}共有 ${count} 张卡券，其中没有查询要找的。`,
    noneWanted: (count, time, group, user, page) =>
      `${inGroup(time, group, user)}${onPage(page)}共有 ${count} 张卡券，没有一张符合筛选条件。`,
    count: (count, time, group, user) => `${inGroup(time, group, user)}共有 ${count} 张卡券。`,
    countAtLeast: (count, time, group, user) =>
      `${inGroup(time, group, user)}列出 ${count} 张卡券，可能还有更多。`,
  },
  show: {
    notFound: (passId, user, groups, times) =>
      `用户 ${user} 没有卡券 ${passId}：已查完${groups.join('、')}（${times.join('、')}）。`,
    validity: '有效期',
    brokenJson: 'JSON 已损坏，原文如下：',
    sameAs: field => `与${field}相同`,
    missing: '（无）',
  },
  summary: {
    title: (count, user, time) => `用户 ${user} 共有 ${count} 张卡券，截至北京时间 ${time}`,
    incomplete: '未能读取全部卡券，以下数字偏低。',
    status: '按状态',
    group: '按分组',
    merchant: '按商家',
    expiry: count => `${count} 张可使用卡券的到期时间`,
    noneUsable: '没有可使用的卡券，也就没有到期时间。',
    others: count => `其他 ${count} 家`,
    nameless: '（无名称）',
    statusless: '（无状态）',
    ended: '已过截止时间',
    later: '更晚',
    endless: '无截止时间',
    weekdays: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  },
  job: {
    users: (done, all) => `用户 ${done}/${all}`,
    rows: count => `${count} 张卡券`,
    rate: count => `每秒 ${count} 次调用`,
    failed: count => `${count} 个失败`,
    left: time => `还需 ${time}`,
    wasFinished: path => `导出此前已完成，${path} 现已就位。`,
    goesOn: (done, all) => `从上次停下的地方继续：${all} 个用户中已完成 ${done} 个。`,
    ended: (done, all, rows, calls, time) =>
      `${all} 个用户中完成 ${done} 个：${rows} 张卡券，${calls} 次调用，用时 ${time}。`,
    merged: (users, rows, parts) => `${parts} 个部分，共 ${users} 个用户、${rows} 张卡券。`,
  },
};
