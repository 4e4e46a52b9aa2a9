/** What a code means to a person, in one language. Commands stand in backquotes. */
export interface Prose {
  /** The first sentence is short: it stands for the code in lists. */
  readonly meaning: string;
  /** Likely ones, the likeliest first. */
  readonly causes: readonly string[];
  /** In the order to try them. */
  readonly remedies: readonly string[];
}

export interface Explanation {
  readonly en: Prose;
  readonly zh: Prose;
}

// Sentences that several codes share.

const HAS_TRIED_AGAIN = {
  en: 'Try again after a while. alipass has done so itself already; `--retries 5` makes it more patient.',
  zh: '稍后再试。alipass 已自动重试过，`--retries 5` 可以让它多试几次。',
};
const TELL_SUPPORT = {
  en: 'If it stays, give Alipay’s support the trace id that stands below the error.',
  zh: '如果一直如此，把报错下方的 trace id 提供给支付宝技术支持。',
};
const OTHER_CLIENT = {
  en: 'alipass always sends it, so the request comes from another client, or a proxy dropped part of it.',
  zh: 'alipass 总会带上它，所以请求多半来自别的客户端，或者中间代理丢掉了一部分参数。',
};
const COMPARE_REQUEST = {
  en: 'Compare your client’s request with the complete one that `alipass request` prints.',
  zh: '用 `alipass request` 打印一份完整的请求，与您客户端发出的逐项对比。',
};
const WHICH_SETTINGS = {
  en: '`alipass profile show --resolved` shows each value that a call uses, and where it comes from.',
  zh: '`alipass profile show --resolved` 会列出调用实际使用的每个值及其来源。',
};
const NEW_APP_TOKEN = {
  en: 'Have the merchant authorise the app again, and set the new token: ALIPASS_APP_AUTH_TOKEN or `--app-auth-token`.',
  zh: '请商户重新授权，再用 ALIPASS_APP_AUTH_TOKEN 或 `--app-auth-token` 设置新令牌。',
};
const NO_AUTH_TOKEN = {
  en: 'This method needs no auth_token, and alipass sends none: leave it out of your client’s request.',
  zh: '本接口不需要 auth_token，alipass 也从不发送：在您的客户端里去掉它。',
};
const ENCRYPTION_OFF = {
  en: 'Or send biz_content in plain text: encryption is optional, and the request is signed either way.',
  zh: '或者改发明文 biz_content：加密是可选的，无论是否加密，请求都有签名。',
};
const AES_KEY = {
  en: 'Copy the AES key (接口内容加密方式) from the app’s settings on open.alipay.com to the file of `--encrypt-key-file`.',
  zh: '从开放平台应用详情的「接口内容加密方式」复制 AES 密钥，存入 `--encrypt-key-file` 指向的文件。',
};
const CERT_FILES = {
  en: 'Give the three files that the app’s page offers: `--app-cert-file`, `--alipay-cert-file`, `--alipay-root-cert-file`.',
  zh: '从应用详情页下载三个证书文件，分别用 `--app-cert-file`、`--alipay-cert-file`、`--alipay-root-cert-file` 指定。',
};
const DOCTOR = {
  en: '`alipass doctor` checks settings, keys, clock and network, and names a remedy for each that fails.',
  zh: '`alipass doctor` 会检查设置、密钥、时钟和网络，并给出每一项的处理办法。',
};
const CHECK_QUERY = {
  en: 'Check `--user` (16 digits, beginning with 2088), `--group`, `--time`, `--partner`, and `--city` with `--shops`.',
  zh: '检查 `--user`（2088 开头的 16 位数字）、`--group`、`--time`、`--partner`，以及 `--shops` 必须搭配的 `--city`。',
};
const SEE_BIZ_CONTENT = {
  en: '`alipass request` shows biz_content as it is sent, without sending it.',
  zh: '`alipass request` 可以查看将要发送的 biz_content，但不会真的发送。',
};
const SLOW_DOWN = {
  en: 'Make fewer calls at a time, and fewer calls: a larger `--page-size` needs fewer pages.',
  zh: '降低并发和调用次数：调大 `--page-size` 可以减少页数。',
};

/**
 * What each code of codes.ts means, why it comes, and what helps. Causes are the gateway's published remarks
 * where there are any, and what users of the SDKs report. Loaded by `explain` alone.
 */
export const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  10000: {
    en: {
      meaning: 'The call succeeded. The answer holds what the method returns.',
      causes: [
        'Nothing is wrong. An empty list is a success too: the user has no passes in that group and time.',
      ],
      remedies: [
        'If passes are missing, try the other groups (`--group`) and `--time past`; the API page says that the method serves Hema (盒马) only.',
        'Trust a success only when its signature verifies: `alipass verify` checks a saved answer.',
      ],
    },
    zh: {
      meaning: '调用成功。响应里就是接口返回的数据。',
      causes: ['没有出错。列表为空也算成功：该用户在这个分组和时间状态下没有卡券。'],
      remedies: [
        '如果缺少卡券，换一个分组（`--group`）或用 `--time past` 查询；接口文档注明目前只支持盒马。',
        '成功响应必须验签通过才可信：用 `alipass verify` 检查保存下来的响应。',
      ],
    },
  },

  20000: {
    en: {
      meaning: 'Alipay’s side can’t serve now. The request itself was not found wrong.',
      causes: [
        'The gateway or the card-bag system behind it is overloaded or in maintenance.',
        'On Alipay’s own sandbox: an outage, which is common there.',
      ],
      remedies: [HAS_TRIED_AGAIN.en, TELL_SUPPORT.en],
    },
    zh: {
      meaning: '支付宝服务暂不可用。请求本身并未被判为有误。',
      causes: ['网关或其后的卡包系统繁忙，或正在维护。', '支付宝沙箱环境不稳定，这在沙箱中很常见。'],
      remedies: [HAS_TRIED_AGAIN.zh, TELL_SUPPORT.zh],
    },
  },
  'isp.unknow-error': {
    en: {
      meaning: 'The card-bag system is busy. The gateway passed the call on; what stands behind it failed.',
      causes: [
        'Overload or maintenance of the business system.',
        'Rarely, values that it can’t handle: it fails each time for one user or page, and not for others.',
      ],
      remedies: [
        HAS_TRIED_AGAIN.en,
        'Try another `--user` or a smaller `--page-size`: if that works, it is the data, not the service.',
        TELL_SUPPORT.en,
      ],
    },
    zh: {
      meaning: '业务系统繁忙。网关已转发请求，后面的卡包系统处理失败。',
      causes: [
        '业务系统负载过高或正在维护。',
        '少数情况下是参数触发：某个用户或某一页每次都失败，其他的正常。',
      ],
      remedies: [
        HAS_TRIED_AGAIN.zh,
        '换一个 `--user` 或调小 `--page-size`：如果成功，问题在数据而不在服务。',
        TELL_SUPPORT.zh,
      ],
    },
  },
  'aop.unknow-error': {
    en: {
      meaning: 'The gateway itself failed. It says so before the card-bag system sees the call.',
      causes: [
        'Trouble inside Alipay’s gateway.',
        'Its answer may come in GBK although UTF-8 was asked for: alipass reads that, other clients show garbage.',
      ],
      remedies: [HAS_TRIED_AGAIN.en, TELL_SUPPORT.en],
    },
    zh: {
      meaning: '网关自身出错。请求还没有到达卡包系统。',
      causes: [
        '支付宝网关内部异常。',
        '即使请求的是 UTF-8，这种响应也可能是 GBK 编码：alipass 能读，别的客户端会显示乱码。',
      ],
      remedies: [HAS_TRIED_AGAIN.zh, TELL_SUPPORT.zh],
    },
  },

  20001: {
    en: {
      meaning:
        'The token does not allow this call. The sub_code says which token, and what is wrong with it.',
      causes: [
        'app_auth_token is wrong, has expired, or was granted without this method.',
        'An auth_token is sent that does not belong to the call.',
      ],
      remedies: [
        WHICH_SETTINGS.en,
        NEW_APP_TOKEN.en,
        'An app that calls for itself needs no token: unset ALIPASS_APP_AUTH_TOKEN.',
      ],
    },
    zh: {
      meaning: '令牌没有权限。sub_code 会说明是哪个令牌、什么问题。',
      causes: ['app_auth_token 错误、过期，或授权范围不含本接口。', '请求带了不属于这次调用的 auth_token。'],
      remedies: [
        WHICH_SETTINGS.zh,
        NEW_APP_TOKEN.zh,
        '应用为自己调用时不需要令牌：取消设置 ALIPASS_APP_AUTH_TOKEN。',
      ],
    },
  },
  'aop.invalid-auth-token': {
    en: {
      meaning: 'The auth_token is not valid. It is a user’s access token, not the merchant’s app_auth_token.',
      causes: [
        'An app_auth_token was sent under the name auth_token.',
        'The token belongs to another app, or to the sandbox.',
      ],
      remedies: [
        NO_AUTH_TOKEN.en,
        'The merchant’s token goes to ALIPASS_APP_AUTH_TOKEN or `--app-auth-token`.',
      ],
    },
    zh: {
      meaning: 'auth_token 无效。它是用户访问令牌，不是商户的 app_auth_token。',
      causes: ['把 app_auth_token 当成 auth_token 发送。', '令牌属于别的应用或沙箱环境。'],
      remedies: [NO_AUTH_TOKEN.zh, '商户的令牌应设为 ALIPASS_APP_AUTH_TOKEN 或 `--app-auth-token`。'],
    },
  },
  'aop.auth-token-time-out': {
    en: {
      meaning: 'The auth_token has expired. It is a user’s access token and lives for a limited time.',
      causes: ['The token is older than the expires_in that came with it.'],
      remedies: [
        NO_AUTH_TOKEN.en,
        'Where another method needs one: alipay.system.oauth.token trades the refresh_token for a new one.',
      ],
    },
    zh: {
      meaning: 'auth_token 已过期。它是用户访问令牌，有效期有限。',
      causes: ['令牌已超过发放时返回的 expires_in。'],
      remedies: [
        NO_AUTH_TOKEN.zh,
        '其他接口确实需要时：用 alipay.system.oauth.token 以 refresh_token 换取新令牌。',
      ],
    },
  },
  'aop.invalid-app-auth-token': {
    en: {
      meaning: 'The app_auth_token is not valid. This app has no authorisation under it.',
      causes: [
        'The token was granted to another app: it works only with the `--app-id` that it was granted to.',
        'A sandbox token on production, or the other way round.',
        'The merchant withdrew the authorisation, or a newer one replaced it.',
        'The token was copied with a blank, or cut.',
      ],
      remedies: [
        WHICH_SETTINGS.en,
        NEW_APP_TOKEN.en,
        'An app that calls for itself needs no token: unset ALIPASS_APP_AUTH_TOKEN.',
      ],
    },
    zh: {
      meaning: 'app_auth_token 无效。当前应用没有这个令牌对应的授权。',
      causes: [
        '令牌是授予别的应用的：它只能与被授权的 `--app-id` 一起使用。',
        '沙箱令牌用在正式环境，或者相反。',
        '商户取消了授权，或令牌已被新的授权取代。',
        '复制令牌时多了空格或少了字符。',
      ],
      remedies: [
        WHICH_SETTINGS.zh,
        NEW_APP_TOKEN.zh,
        '应用为自己调用时不需要令牌：取消设置 ALIPASS_APP_AUTH_TOKEN。',
      ],
    },
  },
  'aop.invalid-app-auth-token-no-api': {
    en: {
      meaning: 'The merchant has not authorised this method. The token is good, but not for this call.',
      causes: [
        'The app got its card-bag feature after the merchant authorised it; an old token does not gain it.',
        'The merchant authorised only some of the app’s features.',
      ],
      remedies: ['Add the card-bag feature to the app on open.alipay.com first.', NEW_APP_TOKEN.en],
    },
    zh: {
      meaning: '商户未授权当前接口。令牌有效，但不含这个接口。',
      causes: ['商户授权之后应用才添加卡包功能：旧令牌不会自动获得新接口。', '商户只授权了应用的部分功能。'],
      remedies: ['先在开放平台为应用添加卡包相关功能。', NEW_APP_TOKEN.zh],
    },
  },
  'aop.app-auth-token-time-out': {
    en: {
      meaning: 'The app_auth_token has expired.',
      causes: ['The token is older than the expires_in that came with it.'],
      remedies: [
        'Trade the app_refresh_token for a new token: alipay.open.auth.token.app with grant_type=refresh_token.',
        NEW_APP_TOKEN.en,
      ],
    },
    zh: {
      meaning: 'app_auth_token 已过期。',
      causes: ['令牌已超过发放时返回的 expires_in。'],
      remedies: [
        '用 alipay.open.auth.token.app（grant_type=refresh_token）以 app_refresh_token 换取新令牌。',
        NEW_APP_TOKEN.zh,
      ],
    },
  },
  'aop.no-product-reg-by-partner': {
    en: {
      meaning:
        'The merchant has signed up for no product. There is nothing that the app could call for them.',
      causes: [
        'The merchant behind app_auth_token has not signed the product’s contract, or it has ended.',
        'The token is of a test merchant.',
      ],
      remedies: [
        'Have the merchant sign up for the product on open.alipay.com, then authorise the app again.',
        'Check that ALIPASS_APP_AUTH_TOKEN is of the merchant that you mean.',
      ],
    },
    zh: {
      meaning: '商户未签约任何产品。应用没有可以代其调用的能力。',
      causes: ['app_auth_token 对应的商户没有签约产品，或签约已失效。', '令牌来自测试商户。'],
      remedies: [
        '请商户在开放平台完成产品签约，然后重新授权。',
        '确认 ALIPASS_APP_AUTH_TOKEN 是您要代调用的那个商户的。',
      ],
    },
  },

  40001: {
    en: {
      meaning: 'A required parameter is missing. The sub_code names it.',
      causes: [
        'The client leaves it out, or sends it empty: empty values count as missing.',
        'The parameter stands where the gateway does not look, such as inside biz_content.',
        'A proxy or redirect dropped the body or the query.',
      ],
      remedies: [COMPARE_REQUEST.en, DOCTOR.en],
    },
    zh: {
      meaning: '缺少必选参数。sub_code 会说明是哪一个。',
      causes: [
        '客户端没有发送，或发送了空值：空值等于没有。',
        '参数放错了地方，例如放进了 biz_content。',
        '代理或跳转丢掉了请求体或查询串。',
      ],
      remedies: [COMPARE_REQUEST.zh, DOCTOR.zh],
    },
  },
  'isv.missing-method': {
    en: {
      meaning: 'No method was sent.',
      causes: [
        OTHER_CLIENT.en,
        'The body was not sent as application/x-www-form-urlencoded, so it was not read.',
      ],
      remedies: ['Send method=alipay.user.pass.grouplist.query, best in the query.', COMPARE_REQUEST.en],
    },
    zh: {
      meaning: '缺少 method 参数。',
      causes: [OTHER_CLIENT.zh, '请求体不是 application/x-www-form-urlencoded，网关没有读取。'],
      remedies: ['发送 method=alipay.user.pass.grouplist.query，最好放在查询串里。', COMPARE_REQUEST.zh],
    },
  },
  'isv.missing-signature': {
    en: {
      meaning: 'No sign was sent, or an empty one.',
      causes: [OTHER_CLIENT.en, 'Signing failed silently: no private key was loaded.'],
      remedies: ['`alipass sign` shows each step from parameters to signature.', COMPARE_REQUEST.en],
    },
    zh: {
      meaning: '缺少 sign 参数，或其值为空。',
      causes: [OTHER_CLIENT.zh, '签名失败却没有报错：没有加载到私钥。'],
      remedies: ['`alipass sign` 逐步展示从参数到签名的过程。', COMPARE_REQUEST.zh],
    },
  },
  'isv.missing-signature-type': {
    en: {
      meaning: 'No sign_type was sent.',
      causes: [OTHER_CLIENT.en],
      remedies: [
        'Send sign_type=RSA2, and sign it too: it is part of the signed text (`--sign-type`).',
        COMPARE_REQUEST.en,
      ],
    },
    zh: {
      meaning: '缺少 sign_type 参数。',
      causes: [OTHER_CLIENT.zh],
      remedies: ['发送 sign_type=RSA2，并让它参与签名（对应 `--sign-type`）。', COMPARE_REQUEST.zh],
    },
  },
  'isv.missing-signature-key': {
    en: {
      meaning: 'The app has no public key on record. Without it the gateway can’t check any signature.',
      causes: [
        'The app’s public key was never uploaded, or saving it was not confirmed.',
        'It was uploaded for another app, or on the other side of sandbox and production.',
      ],
      remedies: [
        'Upload the app’s public key (应用公钥) on open.alipay.com, under 接口加签方式 of the app.',
        '`alipass keys match` tells whether a public key belongs to your private key.',
      ],
    },
    zh: {
      meaning: '应用未上传公钥。没有它，网关无法校验任何签名。',
      causes: ['从未上传应用公钥，或上传后没有确认保存。', '上传到了别的应用，或传错了环境（沙箱与正式）。'],
      remedies: [
        '在开放平台应用详情的「接口加签方式」中上传应用公钥。',
        '用 `alipass keys match` 确认公钥与您的私钥是一对。',
      ],
    },
  },
  'isv.missing-app-id': {
    en: {
      meaning: 'No app_id was sent. The gateway can’t sign this answer, as it does not know for whom.',
      causes: [OTHER_CLIENT.en, 'A setting or variable of your client is empty.'],
      remedies: ['Set `--app-id` or ALIPASS_APP_ID.', WHICH_SETTINGS.en],
    },
    zh: {
      meaning: '缺少 app_id 参数。网关不知道调用方是谁，所以这种响应没有签名。',
      causes: [OTHER_CLIENT.zh, '您客户端里对应的设置或变量为空。'],
      remedies: ['设置 `--app-id` 或 ALIPASS_APP_ID。', WHICH_SETTINGS.zh],
    },
  },
  'isv.missing-timestamp': {
    en: {
      meaning: 'No timestamp was sent.',
      causes: [OTHER_CLIENT.en],
      remedies: [
        'Send timestamp as yyyy-MM-dd HH:mm:ss in Beijing time (UTC+8), and sign it.',
        COMPARE_REQUEST.en,
      ],
    },
    zh: {
      meaning: '缺少 timestamp 参数。',
      causes: [OTHER_CLIENT.zh],
      remedies: [
        '以北京时间（UTC+8）按 yyyy-MM-dd HH:mm:ss 发送 timestamp，并参与签名。',
        COMPARE_REQUEST.zh,
      ],
    },
  },
  'isv.missing-version': {
    en: {
      meaning: 'No version was sent.',
      causes: [OTHER_CLIENT.en],
      remedies: ['Send version=1.0, and sign it.', COMPARE_REQUEST.en],
    },
    zh: {
      meaning: '缺少 version 参数。',
      causes: [OTHER_CLIENT.zh],
      remedies: ['发送 version=1.0，并参与签名。', COMPARE_REQUEST.zh],
    },
  },
  'isv.decryption-error-missing-encrypt-type': {
    en: {
      meaning: 'No encrypt_type was sent. The content is encrypted, and the gateway can’t tell how.',
      causes: [
        'biz_content is encrypted, but encrypt_type was left out.',
        'encrypt_type was added after signing, or is empty.',
      ],
      remedies: [
        'Encrypt biz_content, add encrypt_type=AES, then sign: in this order, as alipass does with `--encrypt-key-file`.',
        ENCRYPTION_OFF.en,
      ],
    },
    zh: {
      meaning: '加密请求缺少 encrypt_type。网关不知道该如何解密。',
      causes: ['biz_content 已加密，却没有发送 encrypt_type。', 'encrypt_type 在签名之后才加上，或值为空。'],
      remedies: [
        '先加密 biz_content，再加 encrypt_type=AES，最后签名：alipass 用 `--encrypt-key-file` 时就是这个顺序。',
        ENCRYPTION_OFF.zh,
      ],
    },
  },
  'isv.missing-encrypt-key': {
    en: {
      meaning: 'The app has no AES key on record. Encrypted calls can’t be read without one.',
      causes: [
        'Content encryption was never set up for the app on open.alipay.com.',
        'It was set up for another app, or on the other side of sandbox and production.',
      ],
      remedies: [
        'Set up 接口内容加密方式 on the app’s page of open.alipay.com.',
        AES_KEY.en,
        ENCRYPTION_OFF.en,
      ],
    },
    zh: {
      meaning: '应用未配置 AES 密钥。没有它，网关无法解密请求。',
      causes: ['从未在开放平台为应用设置内容加密。', '设置在了别的应用或另一个环境（沙箱与正式）。'],
      remedies: ['在开放平台应用详情中设置「接口内容加密方式」。', AES_KEY.zh, ENCRYPTION_OFF.zh],
    },
  },
  'isv.missing-app-cert-sn': {
    en: {
      meaning: 'No app_cert_sn was sent. The app is in certificate mode and must name its certificate.',
      causes: [
        'The app was switched from public key (公钥) to certificate (公钥证书) on open.alipay.com; the client was not.',
        'The settings name a public key where certificates belong.',
      ],
      remedies: [CERT_FILES.en, 'Or switch the app back to the public key mode, under 接口加签方式.'],
    },
    zh: {
      meaning: '缺少 app_cert_sn 参数。应用处于证书模式，必须带上应用证书序列号。',
      causes: [
        '应用在开放平台从「公钥」改成了「公钥证书」，客户端没有跟着改。',
        '设置里填的是公钥而不是证书。',
      ],
      remedies: [CERT_FILES.zh, '或者在「接口加签方式」中改回公钥模式。'],
    },
  },
  'isv.missing-alipay-root-cert-sn': {
    en: {
      meaning: 'No alipay_root_cert_sn was sent. Certificate mode requires it beside app_cert_sn.',
      causes: [
        'The client sends app_cert_sn alone.',
        'The root bundle (alipayRootCert.crt) was not found, or no certificate in it has an RSA signature.',
      ],
      remedies: [CERT_FILES.en, COMPARE_REQUEST.en],
    },
    zh: {
      meaning: '缺少 alipay_root_cert_sn 参数。证书模式要求它与 app_cert_sn 同时发送。',
      causes: [
        '客户端只发送了 app_cert_sn。',
        '没有找到根证书文件（alipayRootCert.crt），或其中没有 RSA 签名的证书。',
      ],
      remedies: [CERT_FILES.zh, COMPARE_REQUEST.zh],
    },
  },

  40002: {
    en: {
      meaning:
        'A parameter is not valid. The sub_code says which; isv.invalid-signature is the most frequent.',
      causes: [
        'Keys, `--sign-type` or `--charset` differ from what the app has on open.alipay.com.',
        'The app belongs to the other gateway: sandbox apps exist on the sandbox alone.',
        'A value has the wrong form.',
      ],
      remedies: [
        'Look up the sub_code that stands beside this code: `alipass explain isv.invalid-signature`.',
        DOCTOR.en,
      ],
    },
    zh: {
      meaning: '参数无效。sub_code 会说明是哪一个，最常见的是 isv.invalid-signature。',
      causes: [
        '密钥、`--sign-type` 或 `--charset` 与应用在开放平台上的配置不一致。',
        '应用属于另一个环境：沙箱应用只存在于沙箱网关。',
        '某个值的格式不对。',
      ],
      remedies: ['查询同时返回的 sub_code，例如 `alipass explain isv.invalid-signature`。', DOCTOR.zh],
    },
  },
  'isv.invalid-parameter': {
    en: {
      meaning: 'A parameter’s value is not valid. The sub_msg usually names it.',
      causes: [
        'A value is malformed, out of range, or longer than the API page allows.',
        'A number or boolean came as an object, or a date in another form.',
      ],
      remedies: [CHECK_QUERY.en, SEE_BIZ_CONTENT.en],
    },
    zh: {
      meaning: '参数值无效。sub_msg 通常会指出是哪一个。',
      causes: [
        '值的格式不对、越界，或超过接口文档规定的长度。',
        '该传数字或布尔值却传了对象，或日期格式不对。',
      ],
      remedies: [CHECK_QUERY.zh, SEE_BIZ_CONTENT.zh],
    },
  },
  'isv.invalid-method': {
    en: {
      meaning: 'There is no such method here.',
      causes: [
        'The method’s name is misspelled, or has blanks around it.',
        'The gateway is not Alipay’s open gateway, or its sandbox lacks the method.',
        'The v3 protocol was used: this method exists in the gateway.do protocol alone.',
      ],
      remedies: [
        'The name is alipay.user.pass.grouplist.query, and production is https://openapi.alipay.com/gateway.do.',
        'Check `--gateway`: `alipass profile show --resolved` shows what is used.',
      ],
    },
    zh: {
      meaning: '不存在的方法名。',
      causes: [
        '方法名拼写错误，或前后有空格。',
        '网关不是支付宝开放网关，或沙箱没有提供这个接口。',
        '使用了 v3 协议：本接口只存在于 gateway.do 协议。',
      ],
      remedies: [
        '方法名是 alipay.user.pass.grouplist.query，正式网关是 https://openapi.alipay.com/gateway.do。',
        '检查 `--gateway`：`alipass profile show --resolved` 会列出实际使用的值。',
      ],
    },
  },
  'isv.invalid-format': {
    en: {
      meaning: 'The format is not valid. Only JSON is.',
      causes: ['The client sends format=xml, or the name of a data type.'],
      remedies: ['Send format=JSON, or leave it out.', COMPARE_REQUEST.en],
    },
    zh: {
      meaning: 'format 无效。只支持 JSON。',
      causes: ['客户端发送了 format=xml 或其他名称。'],
      remedies: ['发送 format=JSON，或不发送。', COMPARE_REQUEST.zh],
    },
  },
  'isv.invalid-signature-type': {
    en: {
      meaning: 'The sign_type is not valid. RSA2 and RSA are.',
      causes: [
        'An algorithm’s name in place of Alipay’s: SHA256withRSA, RSA-SHA256, MD5.',
        'The spelling: rsa2 is not RSA2.',
      ],
      remedies: [
        'Use `--sign-type RSA2`; RSA only for an old app whose key was uploaded for RSA.',
        WHICH_SETTINGS.en,
      ],
    },
    zh: {
      meaning: 'sign_type 无效。只支持 RSA2 和 RSA。',
      causes: ['填了算法名：SHA256withRSA、RSA-SHA256、MD5。', '大小写不对：rsa2 不等于 RSA2。'],
      remedies: ['使用 `--sign-type RSA2`；只有密钥是按 RSA 上传的老应用才用 RSA。', WHICH_SETTINGS.zh],
    },
  },
  'isv.invalid-signature': {
    en: {
      meaning:
        'The signature does not verify. The gateway checked it with the public key that the app has there.',
      causes: [
        'The private key does not belong to the public key uploaded for this app: another app’s, or an old pair.',
        'Sandbox app or key against production, or the other way round.',
        'RSA was sent and the key uploaded for RSA2, or the other way round.',
        'charset is not in the URL’s query, or is spelled differently there and in the body.',
        'The bytes signed are not in the charset named: Chinese text signed as UTF-8 and sent as GBK.',
        'Parameters changed after signing: blanks in biz_content, a plus sign or Chinese not url-encoded.',
        'sign_type or app_auth_token was left out of the signed text.',
        'The gateway’s text in sub_msg is HTML-escaped: &quot; there is " in what it signed, and no cause.',
      ],
      remedies: [
        '`alipass keys match` tells whether the private key belongs to the app’s public key (应用公钥) on open.alipay.com.',
        'Check `--app-id`, `--gateway`, `--sign-type` and `--charset` with `alipass profile show --resolved`.',
        'Compare the signed text that `alipass sign` prints with the gateway’s own in sub_msg, after 网关生成的验签字符串为.',
        'If the texts are the same, it is the key: upload the public key of this private key under 接口加签方式.',
        DOCTOR.en,
      ],
    },
    zh: {
      meaning: '验签失败。网关用应用在平台上登记的公钥校验，没有通过。',
      causes: [
        '私钥与该应用上传的公钥不是一对：拿错了应用，或是换过的旧密钥。',
        '沙箱的应用或密钥用在正式环境，或者相反。',
        '发送的是 RSA，上传的密钥却是 RSA2，或者相反。',
        'charset 没有放在 URL 查询串里，或与请求体里的写法不一致。',
        '签名时的编码与 charset 不符：例如中文按 UTF-8 签名却按 GBK 发送。',
        '签名之后参数又变了：biz_content 的空格、未做 URL 编码的加号或中文。',
        'sign_type 或 app_auth_token 没有参与签名。',
        'sub_msg 里的待签名串做了 HTML 转义：其中的 &quot; 就是 "，并不是出错原因。',
      ],
      remedies: [
        '用 `alipass keys match` 确认私钥与开放平台上的应用公钥是一对。',
        '用 `alipass profile show --resolved` 核对 `--app-id`、`--gateway`、`--sign-type` 和 `--charset`。',
        '把 `alipass sign` 打印的待签名串，与 sub_msg 中「网关生成的验签字符串为」之后的内容逐字对比。',
        '两者一致，就是密钥的问题：在「接口加签方式」中上传这个私钥对应的公钥。',
        DOCTOR.zh,
      ],
    },
  },
  'isv.invalid-encrypt-type': {
    en: {
      meaning: 'The encrypt_type is not valid. Only AES is.',
      causes: ['A name such as AES/CBC/PKCS5Padding or aes was sent.'],
      remedies: [
        'Send encrypt_type=AES; alipass does so when `--encrypt-key-file` is set.',
        ENCRYPTION_OFF.en,
      ],
    },
    zh: {
      meaning: 'encrypt_type 无效。只支持 AES。',
      causes: ['发送了 AES/CBC/PKCS5Padding 或 aes 之类的名称。'],
      remedies: [
        '发送 encrypt_type=AES；设置 `--encrypt-key-file` 后 alipass 会自动带上。',
        ENCRYPTION_OFF.zh,
      ],
    },
  },
  'isv.invalid-encrypt': {
    en: {
      meaning: 'Encrypting or decrypting failed. The AES key and the content do not fit.',
      causes: [
        'The AES key is not the one that the app has now: it was renewed on open.alipay.com.',
        'Another mode than AES/CBC with PKCS#5/7 padding and an IV of 16 zero bytes.',
        'The encrypted text was not base64, or changed on the way.',
      ],
      remedies: [AES_KEY.en, ENCRYPTION_OFF.en],
    },
    zh: {
      meaning: '加解密失败。AES 密钥与内容不匹配。',
      causes: [
        'AES 密钥不是应用当前的那个：已在开放平台上更换。',
        '加密方式不是 AES/CBC、PKCS#5/7 填充、16 个零字节的 IV。',
        '密文不是 base64，或在传输中变了。',
      ],
      remedies: [AES_KEY.zh, ENCRYPTION_OFF.zh],
    },
  },
  'isv.invalid-app-id': {
    en: {
      meaning: 'No such app_id on this gateway. It checks this before the signature.',
      causes: [
        'A sandbox app on the production gateway, or the other way round.',
        'A typing error, or another number in its place: a merchant’s PID begins with 2088, an app_id with a year.',
        'The app is not online yet, or was taken down.',
      ],
      remedies: [
        'Check `--app-id` and `--gateway` with `alipass profile show --resolved`.',
        'Alipay’s sandbox is `--gateway https://openapi-sandbox.dl.alipaydev.com/gateway.do`.',
        'Look the app up on open.alipay.com: its id, and that it is online (已上线).',
      ],
    },
    zh: {
      meaning: '网关不认识这个 app_id。它在验签之前检查。',
      causes: [
        '沙箱应用用在正式网关，或者相反。',
        '抄错了，或填成了别的编号：商户 PID 以 2088 开头，app_id 以年份开头。',
        '应用尚未上线，或已下线。',
      ],
      remedies: [
        '用 `alipass profile show --resolved` 核对 `--app-id` 和 `--gateway`。',
        '支付宝沙箱是 `--gateway https://openapi-sandbox.dl.alipaydev.com/gateway.do`。',
        '在开放平台查看应用：编号是否一致，状态是否为已上线。',
      ],
    },
  },
  'isv.invalid-timestamp': {
    en: {
      meaning: 'The timestamp is not valid. It must be yyyy-MM-dd HH:mm:ss.',
      causes: [
        'Another form: ISO 8601 with T and Z, seconds since 1970, one-digit months.',
        'Local time of a container in UTC: the gateway means Beijing time (UTC+8).',
        'The machine’s clock is wrong.',
      ],
      remedies: [
        'alipass writes Beijing time in any zone; so check the clock: `alipass doctor`.',
        COMPARE_REQUEST.en,
      ],
    },
    zh: {
      meaning: 'timestamp 无效。格式必须是 yyyy-MM-dd HH:mm:ss。',
      causes: [
        '格式不对：带 T 和 Z 的 ISO 8601、1970 年以来的秒数、一位数的月份。',
        '容器使用 UTC 本地时间：网关要的是北京时间（UTC+8）。',
        '机器时钟不准。',
      ],
      remedies: ['alipass 在任何时区都写北京时间，所以请用 `alipass doctor` 检查时钟。', COMPARE_REQUEST.zh],
    },
  },
  'isv.invalid-charset': {
    en: {
      meaning: 'The charset is not valid.',
      causes: [
        'A name that the gateway does not take: utf8, utf8mb4, ISO-8859-1, or a blank.',
        'charset in the query and in the body say different things.',
      ],
      remedies: ['Use `--charset utf-8` (the default), GBK or gb2312.', WHICH_SETTINGS.en],
    },
    zh: {
      meaning: 'charset 无效。',
      causes: [
        '网关不接受的名称：utf8、utf8mb4、ISO-8859-1，或空格。',
        '查询串与请求体里的 charset 不一致。',
      ],
      remedies: ['使用 `--charset utf-8`（默认）、GBK 或 gb2312。', WHICH_SETTINGS.zh],
    },
  },
  'isv.decryption-error-not-valid-encrypt-type': {
    en: {
      meaning: 'The encryption is not supported. encrypt_type must be AES.',
      causes: ['encrypt_type names another algorithm, or is misspelled.'],
      remedies: [
        'Send encrypt_type=AES; alipass does so when `--encrypt-key-file` is set.',
        ENCRYPTION_OFF.en,
      ],
    },
    zh: {
      meaning: '不支持的加密算法。encrypt_type 必须是 AES。',
      causes: ['encrypt_type 写成了别的算法，或拼写错误。'],
      remedies: [
        '发送 encrypt_type=AES；设置 `--encrypt-key-file` 后 alipass 会自动带上。',
        ENCRYPTION_OFF.zh,
      ],
    },
  },
  'isv.decryption-error-not-valid-encrypt-key': {
    en: {
      meaning: 'The app has no usable AES key.',
      causes: [
        'Content encryption was not set up for this app, or on the other side of sandbox and production.',
        'The key on record is malformed: it must be base64 of 16 bytes.',
      ],
      remedies: [
        'Set up or renew 接口内容加密方式 on the app’s page of open.alipay.com.',
        AES_KEY.en,
        ENCRYPTION_OFF.en,
      ],
    },
    zh: {
      meaning: '应用没有可用的 AES 密钥。',
      causes: [
        '没有为该应用设置内容加密，或设置在另一个环境（沙箱与正式）。',
        '登记的密钥格式不对：必须是 16 字节的 base64。',
      ],
      remedies: ['在开放平台应用详情中设置或更换「接口内容加密方式」。', AES_KEY.zh, ENCRYPTION_OFF.zh],
    },
  },
  'isv.decryption-error-unknown': {
    en: {
      meaning: 'Decrypting biz_content failed. The gateway does not say why.',
      causes: [
        'biz_content is plain text, but encrypt_type=AES was sent.',
        'It was encrypted with another key than the app has now.',
        'The base64 text changed on the way: a plus sign that was not url-encoded arrives as a blank.',
      ],
      remedies: [AES_KEY.en, SEE_BIZ_CONTENT.en, ENCRYPTION_OFF.en],
    },
    zh: {
      meaning: '解密 biz_content 失败。网关没有说明原因。',
      causes: [
        'biz_content 是明文，却发送了 encrypt_type=AES。',
        '加密所用的密钥不是应用当前的密钥。',
        'base64 在传输中变了：没有 URL 编码的加号会变成空格。',
      ],
      remedies: [AES_KEY.zh, SEE_BIZ_CONTENT.zh, ENCRYPTION_OFF.zh],
    },
  },
  'isv.not-support-app-auth': {
    en: {
      meaning: 'It takes no app_auth_token. This method can’t be called for a merchant.',
      causes: ['app_auth_token was sent, by habit or from a profile.'],
      remedies: [
        'Call as the merchant’s own app, without a token: unset ALIPASS_APP_AUTH_TOKEN.',
        WHICH_SETTINGS.en,
      ],
    },
    zh: {
      meaning: '本接口不支持第三方代调用。不能带 app_auth_token。',
      causes: ['请求带了 app_auth_token，可能来自习惯或某个 profile。'],
      remedies: ['用商户自己的应用调用，不带令牌：取消设置 ALIPASS_APP_AUTH_TOKEN。', WHICH_SETTINGS.zh],
    },
  },
  'isv.suspected-attack': {
    en: {
      meaning: 'Blocked as a suspected attack.',
      causes: [
        'A value holds what looks like parameters of Alipay, such as body, subject, service, out_trade_no, seller_id, total_fee.',
        'A value holds markup, script or SQL.',
        'Parameters that the API page does not know were added.',
      ],
      remedies: [
        'Send only what the API page names: `alipass request` shows a request that does.',
        SEE_BIZ_CONTENT.en,
        TELL_SUPPORT.en,
      ],
    },
    zh: {
      meaning: '请求被网关当作可疑攻击拦截。',
      causes: [
        '参数值里出现支付宝关键参数名，如 body、subject、service、out_trade_no、seller_id、total_fee。',
        '参数值里含有标签、脚本或 SQL。',
        '添加了接口文档之外的参数。',
      ],
      remedies: [
        '只发送接口文档列出的参数：`alipass request` 可以打印一份合规的请求。',
        SEE_BIZ_CONTENT.zh,
        TELL_SUPPORT.zh,
      ],
    },
  },
  'isv.forbidden-api': {
    en: {
      meaning: 'The method is switched off.',
      causes: ['Alipay has disabled it, for all or for this app.'],
      remedies: [
        'Read the notice on the API page of alipay.user.pass.grouplist.query.',
        'Ask Alipay’s support whether it is open to this app, with the trace id that stands below the error.',
      ],
    },
    zh: {
      meaning: '接口已被禁用。',
      causes: ['支付宝对所有应用或对该应用停用了这个接口。'],
      remedies: [
        '查看 alipay.user.pass.grouplist.query 接口文档上的公告。',
        '带上报错下方的 trace id，向支付宝技术支持确认该应用能否使用。',
      ],
    },
  },
  'isv.illegal-json': {
    en: {
      meaning: 'biz_content is not valid JSON.',
      causes: [
        'It was put together by hand: single quotes, a comma at the end, an unescaped quote.',
        'It was cut, or url-encoded twice, or not at all.',
        'It is encrypted, but encrypt_type was not sent.',
      ],
      remedies: [SEE_BIZ_CONTENT.en, COMPARE_REQUEST.en],
    },
    zh: {
      meaning: 'biz_content 不是合法的 JSON。',
      causes: [
        '手工拼接出错：单引号、末尾多了逗号、引号没有转义。',
        '内容被截断、做了两次 URL 编码，或没有编码。',
        '内容已加密，却没有发送 encrypt_type。',
      ],
      remedies: [SEE_BIZ_CONTENT.zh, COMPARE_REQUEST.zh],
    },
  },
  'isv.invalid-alipay-root-cert-sn': {
    en: {
      meaning: 'alipay_root_cert_sn is not right. It does not name Alipay’s root certificates.',
      causes: [
        'The file is not the root bundle (alipayRootCert.crt), or an old one.',
        'The number was made of the wrong certificates: only those with an RSA signature count, in file order, joined by an underscore.',
        'The issuer’s name or serial number was written in another form: a hexadecimal serial, another order of names.',
      ],
      remedies: ['Download the root bundle again from the app’s page on open.alipay.com.', CERT_FILES.en],
    },
    zh: {
      meaning: 'alipay_root_cert_sn 不正确。它不对应支付宝根证书。',
      causes: [
        '文件不是支付宝根证书（alipayRootCert.crt），或版本太旧。',
        '取错了证书：只计 RSA 签名的证书，按文件顺序，用下划线连接。',
        '签发者名称或序列号的写法不对：序列号写成了十六进制，或名称顺序不同。',
      ],
      remedies: ['在开放平台应用详情页重新下载支付宝根证书。', CERT_FILES.zh],
    },
  },
  'isv.app-cert-expired': {
    en: {
      meaning: 'The app certificate has expired. Or it is not valid yet.',
      causes: [
        'The app’s certificate (appCertPublicKey) has reached its end date.',
        'A new one was uploaded, but the client still names the old one.',
      ],
      remedies: [
        'Request a new certificate for the app on open.alipay.com, and give it to `--app-cert-file` with its private key.',
        '`alipass keys inspect` shows the dates of a certificate.',
      ],
    },
    zh: {
      meaning: '应用公钥证书不在有效期内：已过期，或尚未生效。',
      causes: ['应用公钥证书（appCertPublicKey）已到期。', '已上传新证书，客户端仍在使用旧证书。'],
      remedies: [
        '在开放平台为应用申请新证书，连同其私钥一起更换，用 `--app-cert-file` 指定。',
        '`alipass keys inspect` 可以查看证书的有效期。',
      ],
    },
  },
  'isv.app-cert-not-exist': {
    en: {
      meaning: 'No app certificate has this SN. None of the app’s has the app_cert_sn that was sent.',
      causes: [
        'The certificate is of another app, or of the other side of sandbox and production.',
        'It was replaced on open.alipay.com.',
        'alipayCertPublicKey or the root was given in place of appCertPublicKey.',
      ],
      remedies: [
        'Check `--app-id`, `--gateway` and `--app-cert-file` with `alipass profile show --resolved`.',
        CERT_FILES.en,
      ],
    },
    zh: {
      meaning: '应用证书序列号不存在。该应用没有 app_cert_sn 对应的证书。',
      causes: [
        '证书属于别的应用，或另一个环境（沙箱与正式）。',
        '证书已在开放平台上更换。',
        '把支付宝公钥证书或根证书当成了应用公钥证书（appCertPublicKey）。',
      ],
      remedies: [
        '用 `alipass profile show --resolved` 核对 `--app-id`、`--gateway` 和 `--app-cert-file`。',
        CERT_FILES.zh,
      ],
    },
  },
  'isv.alipay-cert-not-exist': {
    en: {
      meaning:
        'No Alipay certificate has this SN. Alipay has none for this app with the alipay_cert_sn asked for.',
      causes: [
        'A certificate of another app, or of the other side of sandbox and production, was asked for.',
        'The app is not in certificate mode.',
      ],
      remedies: ['Download alipayCertPublicKey again from the app’s page on open.alipay.com.', CERT_FILES.en],
    },
    zh: {
      meaning: '支付宝证书序列号不存在。该应用没有 alipay_cert_sn 对应的支付宝证书。',
      causes: ['请求的是别的应用或另一个环境（沙箱与正式）的证书。', '应用不在证书模式。'],
      remedies: ['在开放平台应用详情页重新下载支付宝公钥证书（alipayCertPublicKey）。', CERT_FILES.zh],
    },
  },

  40003: {
    en: {
      meaning: 'A condition of the call is not met: the app’s keys, its state, or an authorisation.',
      causes: [
        'No public key or certificate was uploaded for the sign_type in use.',
        'The app is not online, or an authorisation is missing.',
      ],
      remedies: ['Look up the sub_code that stands beside this code with `alipass explain`.', DOCTOR.en],
    },
    zh: {
      meaning: '调用条件不满足：应用的密钥、状态或授权有问题。',
      causes: ['没有上传当前 sign_type 对应的公钥或证书。', '应用未上线，或缺少授权。'],
      remedies: ['用 `alipass explain` 查询同时返回的 sub_code。', DOCTOR.zh],
    },
  },
  'isv.missing-signature-config': {
    en: {
      meaning: 'The app has no key for this sign_type. The gateway has nothing to check the signature with.',
      causes: [
        'The app’s public key was never uploaded on open.alipay.com.',
        'RSA is sent, but the key was uploaded for RSA2, or the other way round.',
        'The app is in certificate mode, and no certificates were given, or the other way round.',
      ],
      remedies: [
        'Upload the app’s public key (应用公钥) on open.alipay.com, under 接口加签方式 of the app.',
        'Use `--sign-type RSA2`, unless the key there is for RSA.',
        '`alipass keys match` tells whether a public key belongs to your private key.',
      ],
    },
    zh: {
      meaning: '应用未配置该 sign_type 的公钥或证书。网关没有可用来验签的密钥。',
      causes: [
        '从未在开放平台上传应用公钥。',
        '发送的是 RSA，公钥却是按 RSA2 上传的，或者相反。',
        '应用处于证书模式，却没有使用证书，或者相反。',
      ],
      remedies: [
        '在开放平台应用详情的「接口加签方式」中上传应用公钥。',
        '使用 `--sign-type RSA2`，除非平台上的密钥是 RSA 的。',
        '用 `alipass keys match` 确认公钥与您的私钥是一对。',
      ],
    },
  },
  'isv.invalid-app-state': {
    en: {
      meaning: 'The app’s state does not allow calls.',
      causes: [
        'The app is not online yet: in development or under review.',
        'It was taken down, frozen, or its owner’s account is restricted.',
      ],
      remedies: [
        'Open the app on open.alipay.com: bring it online (已上线), or see why it was stopped.',
        'Until then: `alipass list --sandbox` needs no app.',
      ],
    },
    zh: {
      meaning: '应用当前状态不允许调用。',
      causes: ['应用尚未上线：开发中或审核中。', '应用被下线或冻结，或所属账号受限。'],
      remedies: [
        '在开放平台打开该应用：提交上线，或查看被停用的原因。',
        '在此之前可以用 `alipass list --sandbox`，它不需要应用。',
      ],
    },
  },
  'isv.invalid-auth-relations': {
    en: {
      meaning: 'An authorisation is missing. The one that the call relies on does not exist.',
      causes: [
        'The user or merchant has not authorised this app, or has withdrawn it.',
        'The authorisation was given to another app of the same owner.',
        'The feature that asks for the authorisation was not added to the app.',
      ],
      remedies: [
        'Add the feature to the app on open.alipay.com, then have the user or merchant authorise it.',
        'Check that `--app-id` and the app_auth_token belong together: `alipass profile show --resolved`.',
      ],
    },
    zh: {
      meaning: '调用所依赖的授权关系不存在。',
      causes: [
        '用户或商户没有授权该应用，或已取消授权。',
        '授权给了同一主体的另一个应用。',
        '应用没有添加对应的功能。',
      ],
      remedies: [
        '先在开放平台为应用添加功能，再请用户或商户授权。',
        '用 `alipass profile show --resolved` 确认 `--app-id` 与 app_auth_token 是配套的。',
      ],
    },
  },

  40004: {
    en: {
      meaning: 'The card-bag system said no. Keys, signature and permission were all in order.',
      causes: ['A value of the query does not fit.', 'The card-bag system is busy.'],
      remedies: [
        'Look up the sub_code that stands beside this code with `alipass explain`: it decides whether to try again.',
        CHECK_QUERY.en,
      ],
    },
    zh: {
      meaning: '业务处理失败。密钥、签名和权限都没有问题。',
      causes: ['查询条件不符合要求。', '卡包系统繁忙。'],
      remedies: ['用 `alipass explain` 查询同时返回的 sub_code：它决定能否重试。', CHECK_QUERY.zh],
    },
  },
  SYSTEM_ERROR: {
    en: {
      meaning: 'The card-bag system is busy or failed.',
      causes: ['Overload or maintenance on Alipay’s side.'],
      remedies: [HAS_TRIED_AGAIN.en, TELL_SUPPORT.en],
    },
    zh: {
      meaning: '系统繁忙或系统异常。',
      causes: ['支付宝一侧负载过高或正在维护。'],
      remedies: [HAS_TRIED_AGAIN.zh, TELL_SUPPORT.zh],
    },
  },
  INVALID_PARAMETER: {
    en: {
      meaning: 'A value of the query is not valid. In full it reads KP.AE_ALIPASS_PARAMS_VALUE_INVAILD.',
      causes: [
        'user_id is not a user’s id: 16 digits, beginning with 2088. An open_id or a phone number is none.',
        'group_type or time_status is not one of the words of the API page, in its spelling.',
        'need_shopinfo is true without a city_code, or city_code is not a national one (320100).',
        'page_size or page_num is missing, 0 or too large.',
      ],
      remedies: [
        CHECK_QUERY.en,
        'Try a smaller `--page-size`: no largest one is documented.',
        SEE_BIZ_CONTENT.en,
      ],
    },
    zh: {
      meaning: '参数有误。完整错误码是 KP.AE_ALIPASS_PARAMS_VALUE_INVAILD。',
      causes: [
        'user_id 不是用户 ID：应为 2088 开头的 16 位数字，不能是 open_id 或手机号。',
        'group_type 或 time_status 不是接口文档列出的值，或大小写不对。',
        'need_shopinfo 为 true 却没有 city_code，或 city_code 不是国标码（如 320100）。',
        'page_size 或 page_num 缺失、为 0 或过大。',
      ],
      remedies: [CHECK_QUERY.zh, '调小 `--page-size` 试试：文档没有写明上限。', SEE_BIZ_CONTENT.zh],
    },
  },
  'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD': {
    en: {
      meaning:
        'A value of the query is not valid. It is INVALID_PARAMETER in full; INVAILD is Alipay’s spelling.',
      causes: [
        'user_id is not a user’s id: 16 digits, beginning with 2088. An open_id or a phone number is none.',
        'group_type or time_status is not one of the words of the API page, in its spelling.',
        'need_shopinfo is true without a city_code, or city_code is not a national one (320100).',
        'biz_content is not JSON, or not an object.',
      ],
      remedies: [
        CHECK_QUERY.en,
        'Try a smaller `--page-size`: no largest one is documented.',
        SEE_BIZ_CONTENT.en,
        'In code, compare with INVAILD as it is spelled.',
      ],
    },
    zh: {
      meaning: '无效的参数传值。即 INVALID_PARAMETER 的完整形式；INVAILD 是支付宝的原始拼写。',
      causes: [
        'user_id 不是用户 ID：应为 2088 开头的 16 位数字，不能是 open_id 或手机号。',
        'group_type 或 time_status 不是接口文档列出的值，或大小写不对。',
        'need_shopinfo 为 true 却没有 city_code，或 city_code 不是国标码（如 320100）。',
        'biz_content 不是 JSON，或不是对象。',
      ],
      remedies: [
        CHECK_QUERY.zh,
        '调小 `--page-size` 试试：文档没有写明上限。',
        SEE_BIZ_CONTENT.zh,
        '在代码中比较时，请照 INVAILD 的原样拼写。',
      ],
    },
  },
  BIZ_ERROR: {
    en: {
      meaning: 'Querying the list failed. The API page calls it a business error and says to try again.',
      causes: [
        'A passing fault of the card-bag system.',
        'One page or user that it can’t handle: it fails each time there, and not elsewhere.',
      ],
      remedies: [
        HAS_TRIED_AGAIN.en,
        'Try `--page 1` with a smaller `--page-size`, or another `--user`, to find what fails.',
        TELL_SUPPORT.en,
      ],
    },
    zh: {
      meaning: '业务异常，列表查询失败。接口文档建议重试。',
      causes: ['卡包系统的临时故障。', '某一页或某个用户无法处理：只在那里每次都失败。'],
      remedies: [
        HAS_TRIED_AGAIN.zh,
        '用 `--page 1` 加更小的 `--page-size`，或换一个 `--user`，找出失败的部分。',
        TELL_SUPPORT.zh,
      ],
    },
  },
  'KP.AE_ALIPASS_NOTEXIST': {
    en: {
      meaning:
        'The pass does not exist. Methods that name one pass answer so, such as alipay.pass.instance.update.',
      causes: [
        'The serial number is wrong, or belongs to another channel_id.',
        'The pass was issued by another app, or on the other side of sandbox and production.',
        'The user deleted it.',
      ],
      remedies: [
        'List what the user has: `alipass list --user ID --group voucher`, and the other groups and `--time past`.',
        'Check `--app-id` and `--gateway` with `alipass profile show --resolved`.',
      ],
    },
    zh: {
      meaning: '卡券不存在。针对单张卡券的接口会这样返回，例如 alipay.pass.instance.update。',
      causes: [
        '卡券序列号错误，或与 channel_id 不匹配。',
        '卡券由别的应用发放，或在另一个环境（沙箱与正式）。',
        '用户已删除卡券。',
      ],
      remedies: [
        '列出用户现有的卡券：`alipass list --user ID --group voucher`，再查其他分组和 `--time past`。',
        '用 `alipass profile show --resolved` 核对 `--app-id` 和 `--gateway`。',
      ],
    },
  },
  'KP.AE_ALIPASS_APPID_NOSUPPORT': {
    en: {
      meaning: 'The card bag is not open to this app.',
      causes: [
        'Alipay has not opened the card bag to the app: the API page says that this method serves Hema (盒马) only.',
        'The card-bag feature is not among the app’s, or its contract is not in force.',
        'The call should have been made with the app that issued the passes.',
      ],
      remedies: [
        'Check `--app-id`: `alipass profile show --resolved`.',
        'Ask Alipay’s support, or your contact there, to open the method to the app.',
        'Until then: `alipass list --sandbox` needs no app.',
      ],
    },
    zh: {
      meaning: '该 AppId 不支持。卡包系统没有对该应用开放。',
      causes: [
        '支付宝没有对该应用开放卡包：接口文档注明目前只支持盒马。',
        '应用没有添加卡包功能，或签约未生效。',
        '应该用发放卡券的那个应用来调用。',
      ],
      remedies: [
        '核对 `--app-id`：`alipass profile show --resolved`。',
        '联系支付宝技术支持或对接人，为该应用开放接口。',
        '在此之前可以用 `alipass list --sandbox`，它不需要应用。',
      ],
    },
  },

  40005: {
    en: {
      meaning: 'Too many calls. The gateway limits them for a while; the numbers are not published.',
      causes: ['Many calls at a time, or in a short time.', 'Another program calls as the same app.'],
      remedies: [HAS_TRIED_AGAIN.en, SLOW_DOWN.en],
    },
    zh: {
      meaning: '调用频次超限。网关会限制一段时间，具体数值没有公开。',
      causes: ['并发过高，或短时间内调用过多。', '另一个程序在用同一个应用调用。'],
      remedies: [HAS_TRIED_AGAIN.zh, SLOW_DOWN.zh],
    },
  },
  'isv.app-call-limited': {
    en: {
      meaning: 'The app makes too many calls. All its methods count together.',
      causes: [
        'Many calls at a time, or in a short time.',
        'Other programs call as the same app, perhaps other methods.',
      ],
      remedies: [
        HAS_TRIED_AGAIN.en,
        SLOW_DOWN.en,
        'Spread the app’s other traffic, or ask Alipay’s support for more.',
      ],
    },
    zh: {
      meaning: '应用调用次数超限，按所有接口合计。',
      causes: ['并发过高，或短时间内调用过多。', '别的程序在用同一个应用调用，可能是其他接口。'],
      remedies: [HAS_TRIED_AGAIN.zh, SLOW_DOWN.zh, '错开该应用的其他流量，或向支付宝技术支持申请提额。'],
    },
  },
  'isv.method-call-limited': {
    en: {
      meaning: 'This method is called too often.',
      causes: [
        'Many users or pages are listed at a time.',
        'A loop or a schedule asks more often than passes change.',
      ],
      remedies: [HAS_TRIED_AGAIN.en, SLOW_DOWN.en, 'Keep answers for a while in place of asking again.'],
    },
    zh: {
      meaning: '本接口调用次数超限。',
      causes: ['同时查询的用户或页数太多。', '循环或定时任务的查询频率高于卡券的变化频率。'],
      remedies: [HAS_TRIED_AGAIN.zh, SLOW_DOWN.zh, '把结果缓存一段时间，不要反复查询。'],
    },
  },

  40006: {
    en: {
      meaning: 'The app or the merchant lacks a permission.',
      causes: [
        'The feature was not added to the app, or its contract is not in force yet.',
        'The app calls for itself where it must call for a merchant.',
      ],
      remedies: [
        'Look up the sub_code that stands beside this code with `alipass explain`.',
        WHICH_SETTINGS.en,
      ],
    },
    zh: {
      meaning: '应用或商户的权限不足。',
      causes: ['应用没有添加对应功能，或签约尚未生效。', '应该代商户调用的应用在为自己调用。'],
      remedies: ['用 `alipass explain` 查询同时返回的 sub_code。', WHICH_SETTINGS.zh],
    },
  },
  'isv.insufficient-isv-permissions': {
    en: {
      meaning: 'The app has no permission for this method.',
      causes: [
        'The card-bag feature was not added to the app, or its contract is not signed, not in force yet, or has ended.',
        'The app is not online.',
        'The call is made with another app than the one that has the feature.',
        'The method is closed to the app: the API page says that it serves Hema (盒马) only.',
      ],
      remedies: [
        'On open.alipay.com, look for the card-bag feature among the app’s, sign what is missing, and wait until it is in force.',
        'Check `--app-id`: `alipass profile show --resolved`.',
        'Until then: `alipass list --sandbox` needs no app.',
      ],
    },
    zh: {
      meaning: '应用没有本接口的权限。',
      causes: [
        '应用没有添加卡包功能，或没有签约、签约未生效、已失效。',
        '应用未上线。',
        '调用所用的不是添加了该功能的那个应用。',
        '接口没有对该应用开放：接口文档注明目前只支持盒马。',
      ],
      remedies: [
        '在开放平台查看应用的功能列表，补齐卡包功能和签约，等待生效。',
        '核对 `--app-id`：`alipass profile show --resolved`。',
        '在此之前可以用 `alipass list --sandbox`，它不需要应用。',
      ],
    },
  },
  'isv.insufficient-user-permissions': {
    en: {
      meaning: 'The merchant has no permission. The call is made for them, through app_auth_token.',
      causes: [
        'The merchant behind app_auth_token has not signed up for the feature.',
        'The authorisation does not cover this method.',
      ],
      remedies: ['Have the merchant sign up for the feature on open.alipay.com.', NEW_APP_TOKEN.en],
    },
    zh: {
      meaning: '被代理的商户没有本接口的权限。',
      causes: ['app_auth_token 对应的商户没有签约该功能。', '授权范围不含本接口。'],
      remedies: ['请商户在开放平台添加功能并签约。', NEW_APP_TOKEN.zh],
    },
  },
  'isv.self-invoke-forbidden': {
    en: {
      meaning: 'This app may not call for itself. It is a third-party app and must call for a merchant.',
      causes: [
        'No app_auth_token was sent.',
        'The id of the third-party app was used in place of the merchant’s own app.',
      ],
      remedies: [
        'Call for a merchant: set ALIPASS_APP_AUTH_TOKEN or `--app-auth-token`.',
        'Or call as the merchant’s own app: its `--app-id` and its keys.',
      ],
    },
    zh: {
      meaning: '此应用不允许自调用。它是第三方应用，必须代商户调用。',
      causes: ['没有发送 app_auth_token。', '使用了第三方应用的编号，而不是商户自己的应用。'],
      remedies: [
        '代商户调用：设置 ALIPASS_APP_AUTH_TOKEN 或 `--app-auth-token`。',
        '或者用商户自己的应用：它的 `--app-id` 和密钥。',
      ],
    },
  },
  'isv.app-api-punished': {
    en: {
      meaning: 'Suspended as a penalty. Alipay has stopped this method for the app.',
      causes: ['A breach of the platform’s rules was found: of use, content or data.'],
      remedies: [
        'Read the notices for the app on open.alipay.com: they say why, for how long, and how to appeal.',
        'Stop scheduled calls meanwhile: trying again does not help.',
      ],
    },
    zh: {
      meaning: '该应用的本接口被处罚停用。',
      causes: ['平台判定违规：使用方式、内容或数据。'],
      remedies: [
        '查看开放平台上该应用的通知：其中有原因、期限和申诉方式。',
        '期间请停止定时调用：重试没有用。',
      ],
    },
  },
};
