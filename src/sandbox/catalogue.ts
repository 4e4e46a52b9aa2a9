import type { Group } from '../protocol/api';

/** What a pass is made out for. */
export interface Article {
  readonly merchant: string;
  readonly title: string;
  readonly subtitle: string;
  readonly button: string;
}

function article(merchant: string, title: string, subtitle: string, button: string): Article {
  return { merchant, title, subtitle, button };
}

/** What a customer of a fresh-food retailer carries, by group. */
export const CATALOGUE: Readonly<Record<Group, readonly Article[]>> = {
  card: [
    article('盒马鲜生', '盒马X会员黄金卡', '每周二88折，天天免运费', '去使用'),
    article('盒马鲜生', '盒马X会员钻石卡', '专享免费领菜，停车2小时免费', '去使用'),
    article('盒马鲜生', '储值卡 500元', '全国门店通用', '查看余额'),
    article('盒马鲜生', '企业福利卡 1000元', '限本人使用，不找零不兑现', '查看余额'),
    article('盒马邻里', '自提点会员卡', '南京·奥体店', '去使用'),
    article('盒马烘焙', '面包月卡', '30天每天一只可颂', '去领取'),
    article('盒马花园', '鲜花周卡', '每周五一束，共4次', '预约配送'),
    article('淘鲜达', '免运费季卡', '满39元免运费，90天60次', '去使用'),
  ],
  voucher: [
    article('盒马鲜生', '满99减20', '生鲜专用，活动商品除外', '去买单'),
    article('盒马鲜生·南京', '30份吮指鸡块', '到店现炸，当日有效', '去买单'),
    article('盒马工坊', '5元早餐券', '豆浆油条套餐可用', '去使用'),
    article('淘鲜达', '冷饮第二件半价', '哈根达斯、和路雪、蒙牛', '去凑单'),
    article('盒马鲜生', '帝王蟹立减100元', '限3.5斤以上', '去抢购'),
    article('盒马鲜生', '新人专享礼 满59减30', '首单可用，三日内有效', '去领取'),
    article('盒马鲜生', '活海鲜免费加工', '清蒸、蒜蓉、避风塘任选', '去使用'),
    article('盒马日日鲜', '鲜牛奶兑换券 950ml', '每日现送，凭券兑换1瓶', '去兑换'),
    article('盒马奥莱', '尾货9.9元三件', '晚8点后可用，售完即止', '去凑单'),
    article('盒马酒窖', '红酒满299减80', '法国、智利产区，不与其他优惠同享', '去买单'),
  ],
  ticket: [
    article('盒马鲜生', '波士顿龙虾品鉴会', '两人同行，凭票入场', '查看门票'),
    article('盒马鲜生', '小厨神亲子课', '6至12岁，须家长陪同', '查看门票'),
    article('盒马村', '草莓采摘票', '亲子票，1大1小', '查看门票'),
    article('盒马村', '稻田捉蟹半日游', '含午餐，雨天顺延', '查看门票'),
    article('盒马烘焙', '周末蛋糕课', '材料已含，请提前10分钟到场', '查看门票'),
    article('盒马花园', '插花沙龙', '上海·森兰店2楼', '查看门票'),
  ],
  cert: [
    article('盒马鲜生', '食品安全追溯凭证', '批次 A-2041', '查看凭证'),
    article('盒马鲜生', '提货凭证 大闸蟹8只', '凭证到店提货', '去提货'),
    article('盒马鲜生', '年货礼盒提货凭证', '除夕前三日停止发货', '去提货'),
    article('盒马邻里', '自提凭证', '次日16点后到站，保留24小时', '出示取货码'),
    article('淘鲜达', '退款凭证', '缺货自动退款', '查看凭证'),
    article('盒马村', '有机产品认证', '认证编号 C-OP-17-0926', '查看凭证'),
  ],
};
