import type { Words } from './words';

const laterOrAgo = (count: number, unit: string, ahead: boolean): string =>
  `${count} ${unit}${ahead ? '后' : '前'}`;
const inGroup = (time: string, group: string, user: string): string =>
  `用户 ${user} 的${group}分组（${time}）`;

const onPage = (page: number | undefined): string => (page === undefined ? '' : `第 ${page} 页`);

const seen = (passes: number, pages: number): string => `共 ${passes} 张卡券，${pages} 页`;

const FIELDS: Words['fields'] = {
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
};

/** The catalogue in Chinese. Statuses and fields go by the words of the API page. */
export const CHINESE: Words = {
  fields: FIELDS,
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
    goesOn: (done, all) => `从上次停下的地方继续：${all} 个用户中已完成 ${done} 个。`,
    ended: (done, all, rows, calls, time) =>
      `${all} 个用户中完成 ${done} 个：${rows} 张卡券，${calls} 次调用，用时 ${time}。`,
    merged: (users, rows, parts) => `${parts} 个部分，共 ${users} 个用户、${rows} 张卡券。`,
  },
  check: {
    outcomes: { ok: '符合', failed: '不符合', error: '未能执行' },
    statuses: { ok: '符合', failed: '不符合', unknown: '未知' },
    subject: inGroup,
    met: (expectations, passes, pages) => `${expectations} 项要求全部符合；${seen(passes, pages)}。`,
    notMet: (failed, expectations, passes, pages) =>
      `${expectations} 项要求中有 ${failed} 项未符合；${seen(passes, pages)}。`,
    notRun: '检查未能执行。',
    more: count => `另有 ${count} 项`,
    expectation: '要求',
    found: '结果',
    foundIs: found => `结果：${found}`,
    isNotMet: expectation => `不符合：${expectation}`,
    all: count => `全部 ${count} 张`,
    otherwise: (count, of) => `${of} 张中有 ${count} 张不是`,
    noMerchant: count => `${count} 个商家中没有`,
    conforming: count => `${count} 张卡券均与接口文档一致`,
    deviations: count => `${count} 处与接口文档不一致`,
    notListed: '不在列表中',
    noListing: '没有列表',
    noStatus: '无状态',
    ofPass: (passId, says) => `卡券 ${passId}：${says}`,
    ofNoPass: says => `无 ID 的卡券：${says}`,
  },
  faults: {
    kinds: {
      text: '文本',
      number: '数字',
      boolean: '布尔值',
      null: '空值',
      list: '列表',
      object: '对象',
      pass: '卡券',
    },
    unknown: '不是接口文档中的字段',
    missing: '缺失',
    otherKind: (kind, wanted) => `是${kind}，应为${wanted}`,
    otherEntry: (kind, wanted) => `含有${kind}，应为${wanted}`,
    noTime: text => `是 ${text}，应为“年-月-日 时:分:秒”形式的时间`,
    noStatus: (text, statuses) => `是 ${text}，应为 ${statuses} 之一`,
    long: (length, longest) => `有 ${length} 个字符，最多 ${longest} 个`,
  },
  changes: {
    kinds: { added: '新增', removed: '移除', changed: '变更', trouble: '故障' },
    fields: FIELDS,
    none: '（无）',
    sum: (added, removed, changed, same) =>
      `新增 ${added} 张，移除 ${removed} 张，变更 ${changed} 张，未变 ${same} 张`,
  },
  watch: {
    title: inGroup,
    watching: passes => `正在监视 ${passes} 张卡券。`,
    time: time => `北京时间 ${time}`,
    looking: '正在查询…',
    next: seconds => `${seconds} 秒后再次查询`,
    noListing: '尚无结果',
    passes: count => `${count} 张卡券`,
    looks: count => `已查询 ${count} 次`,
    noChange: '暂无变化。按 Ctrl-C 结束监视。',
  },
};
