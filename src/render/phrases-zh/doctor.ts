/** What doctor finds. */
export const DOCTOR: Readonly<Record<string, string>> = {
  pass: '通过',
  warn: '注意',
  fail: '失败',
  skip: '跳过',
  '{failed} failed, {warned} to look at, {passed} fine, {skipped} skipped':
    '{failed} 项失败，{warned} 项需要注意，{passed} 项通过，{skipped} 项跳过',
  settings: '设置',
  'alipay key': '支付宝公钥',
  certificates: '证书',
  encryption: '内容加密',
  gateway: '网关',
  zone: '时区',
  proxy: '代理',
  dns: 'DNS',
  tls: 'TLS',
  clock: '时钟',
  'signed call': '签名调用',
  '--offline calls nobody, so there is nothing to --record':
    '--offline 不调用任何网关，没有内容可供 --record',
  'Leave one of them out.': '请去掉其中一个。',
  'what failed at {check} comes first': '请先解决“{check}”一项的失败',
  'Missing: {missing}. There are: {sources}': '缺少：{missing}。已有：{sources}',
  'alipass profile add NAME keeps settings; alipass profile show --resolved shows each with its source.':
    'alipass profile add NAME 保存设置；alipass profile show --resolved 显示每项设置及其来源。',
  'alipass reads it, Java clients do not: alipass keys convert writes it anew.':
    'alipass 能读取，Java 客户端不能：alipass keys convert 可重新写出。',
  'RSA, {bits} bits, from {source}': 'RSA，{bits} 位，来自 {source}',
  'RSA2 asks for 2048 bits: alipass keys generate makes a new pair.':
    'RSA2 要求 2048 位：用 alipass keys generate 生成新的密钥对。',
  'certificate mode: certificates stand in its place': '证书模式：由证书代替',
  'On open.alipay.com copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s).':
    '请在 open.alipay.com 复制支付宝公钥，而不是应用公钥。',
  '{where} is the app’s own public key': '{where} 是应用公钥',
  'RSA, {bits} bits, not the app’s own': 'RSA，{bits} 位，不是应用公钥',
  'key mode: there are none': '公钥模式：没有证书',
  '{name}: SN {sn}, valid {from} to {to}: {days} days left':
    '{name}：SN {sn}，有效期 {from} 至 {to}：还有 {days} 天',
  '{name}: SN {sn}, valid {from} to {to}: not valid yet': '{name}：SN {sn}，有效期 {from} 至 {to}：尚未生效',
  '{name}: SN {sn}, valid {from} to {to}: expired': '{name}：SN {sn}，有效期 {from} 至 {to}：已过期',
  'Check this machine’s clock.': '请检查本机时钟。',
  'Download the renewed certificate from open.alipay.com.': '请从 open.alipay.com 下载更新后的证书。',
  'content encryption is off': '未开启接口内容加密',
  'AES, from {source}': 'AES，来自 {source}',
  '{value} ({source}): this sandbox host is retired': '{value}（{source}）：此沙箱地址已停用',
  'Use https://openapi-sandbox.dl.alipaydev.com/gateway.do.':
    '请使用 https://openapi-sandbox.dl.alipaydev.com/gateway.do。',
  '{value} ({source}): not encrypted': '{value}（{source}）：未加密',
  'Use https: answers are verified, but user ids travel in the open.':
    '请使用 https：响应虽然验签，但用户 ID 以明文传输。',
  '{value} ({source}): Alipay’s sandbox, which has apps and keys of its own':
    '{value}（{source}）：支付宝沙箱，有自己的应用和密钥',
  'the system’s': '随系统',
  'Requests are stamped {time}, in UTC+8, whatever the zone ({zone})':
    '请求的时间为 {time}，按 UTC+8，与时区（{zone}）无关',
  'the sandbox is in process': '沙箱在进程内',
  none: '无',
  'Calls go through {host}': '调用经过 {host}',
  'the proxy looks the name up': '由代理解析主机名',
  '{hostname} resolves to {addresses}': '{hostname} 的地址是 {addresses}',
  '{hostname} has no address ({code})': '{hostname} 没有地址（{code}）',
  'Check --gateway, the network and its DNS; behind a proxy set --proxy.':
    '请检查 --gateway、网络和 DNS；在代理之后请设置 --proxy。',
  'the gateway has no address': '网关没有地址',
  'the gateway is not reached by https': '网关不使用 https',
  'the proxy opens the connection': '由代理建立连接',
  'Check the clock, and proxies that open TLS; the gateway’s certificate must be the public one.':
    '请检查时钟，以及会解密 TLS 的代理；网关的证书应为公开的证书。',
  'No handshake within {ms} ms': '{ms} ms 内没有完成握手',
  '{protocol}, certificate valid to {validTo}': '{protocol}，证书有效期至 {validTo}',
  'no call was made': '没有调用',
  'what failed above comes first': '请先解决上面的失败',
  'The gateway accepted the signature, and its answer verifies': '网关接受签名，响应验签通过',
  'The answer was not verified': '响应未经验签',
  'Leave out --insecure-skip-verify.': '请去掉 --insecure-skip-verify。',
  'The gateway answered {code}, but nothing proves that it was the gateway':
    '网关返回 {code}，但无法证明那是网关',
  'Check --gateway, and for a proxy that answers in its place.': '请检查 --gateway，以及是否有代理代为应答。',
  'The gateway accepted the signature and answered {code}': '网关接受签名，返回 {code}',
  'the gateway sent no Date header': '网关没有返回 Date 头',
  'This clock is {seconds} s behind the gateway’s ({time})': '本机时钟比网关慢 {seconds} 秒（{time}）',
  'This clock is {seconds} s ahead of the gateway’s ({time})': '本机时钟比网关快 {seconds} 秒（{time}）',
  'Set the clock: use NTP.': '请校准时钟：使用 NTP。',
};
