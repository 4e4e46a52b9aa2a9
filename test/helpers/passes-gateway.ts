import { createPrivateKey, sign } from 'node:crypto';
import type { World } from './context';
import { TEST_KEYS } from './keys';

const alipayPrivateKey = createPrivateKey({
  key: Buffer.from(TEST_KEYS.alipayPrivate, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

/** A world whose network is a gateway of these passes, page by page; from page `failAt` on it refuses. */
export function servePasses(passes: readonly object[], failAt = Infinity): Pick<World, 'env' | 'transport'> {
  return {
    env: {
      ALIPASS_APP_ID: '2014072300007148',
      ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
      ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
    },
    transport: async ({ params }) => {
      const biz = JSON.parse(params['biz_content']!) as Record<string, number | string>;
      const [page, size] = [Number(biz['page_num']), Number(biz['page_size'])];
      const node = JSON.stringify(
        page < failAt
          ? { code: '10000', msg: 'Success', pass_info_list: passes.slice((page - 1) * size, page * size) }
          : { code: '40004', msg: 'No', sub_code: 'X', sub_msg: `not for ${biz['user_id']}` },
      );
      const signature = sign('RSA-SHA256', Buffer.from(node), alipayPrivateKey).toString('base64');
      const body = `{"alipay_user_pass_grouplist_query_response":${node},"sign":"${signature}"}`;
      return {
        status: 200,
        headers: { 'content-type': 'text/html;charset=utf-8' },
        bytes: Buffer.from(body),
      };
    },
  };
}
