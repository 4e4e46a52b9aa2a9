/** Settings, profiles and keys, and what goes wrong between here and the gateway. */
export const CONNECTION: Readonly<Record<string, string>> = {
  // Settings
  '{where} holds a key where the path of a file belongs': '{where} 的值是密钥，这里应为文件的路径',
  'Put the key into a file of mode 0600, or into the variable that takes the key itself (ALIPASS_PRIVATE_KEY).':
    '请把密钥写入权限为 0600 的文件，或放进接受密钥本身的变量（ALIPASS_PRIVATE_KEY）。',
  'a URL that begins with https:// or http://, such as https://openapi.alipay.com/gateway.do':
    '以 https:// 或 http:// 开头的 URL，如 https://openapi.alipay.com/gateway.do',
  'the app’s id: digits only, at most 32': '应用的 APPID：只含数字，最多 32 位',
  'a URL such as http://proxy.example:3128': 'URL，如 http://proxy.example:3128',
  '{first} and {second} both give the same setting': '{first} 和 {second} 给出了同一项设置',
  'Keep one of them.': '请保留其中一个。',
  '--sandbox and {rival} name two gateways': '--sandbox 和 {rival} 指定了两个网关',
  'Keep one of them: what --sandbox lists is sample data.': '请保留其中一个：--sandbox 列出的是样例数据。',
  'A call needs {missing}': '调用还缺少：{missing}',
  'the gateway (--gateway)': '网关（--gateway）',
  'the app id (--app-id or ALIPASS_APP_ID)': '应用的 APPID（--app-id 或 ALIPASS_APP_ID）',
  'the app’s private key (--private-key-file or ALIPASS_PRIVATE_KEY)':
    '应用私钥（--private-key-file 或 ALIPASS_PRIVATE_KEY）',
  'the bundle of root certificates (--alipay-root-cert-file)': '支付宝根证书（--alipay-root-cert-file）',
  'Alipay’s public key (--alipay-public-key-file or ALIPASS_ALIPAY_PUBLIC_KEY)':
    '支付宝公钥（--alipay-public-key-file 或 ALIPASS_ALIPAY_PUBLIC_KEY）',
  'alipass profile add NAME keeps them under a name; --sandbox needs none of them.':
    'alipass profile add NAME 可以把它们存为配置；--sandbox 则全都不需要。',
  'Answers are not verified (--insecure-skip-verify): anybody on the way can write them':
    '响应未经验签（--insecure-skip-verify）：途中任何人都可以伪造',
  '{variable} {text} is no HTTP proxy': '{variable} {text} 不是 HTTP 代理',
  'It must be a URL such as http://proxy.example:3128; --proxy and NO_PROXY come before it.':
    '应为 URL，如 http://proxy.example:3128；--proxy 和 NO_PROXY 优先于它。',

  // Profiles
  'Added profile {name}, now the current one. alipass doctor checks it.':
    '已添加配置 {name}，并设为当前配置。可用 alipass doctor 检查。',
  'Added profile {name}; the current one is still {current}. alipass doctor --profile {name} checks it.':
    '已添加配置 {name}；当前配置仍是 {current}。可用 alipass doctor --profile {name} 检查。',
  'Profile {name} is now the current one.': '当前配置改为 {name}。',
  'Profile {name} is now {newName}.': '配置 {name} 已改名为 {newName}。',
  'Removed profile {name}.': '已删除配置 {name}。',
  'There is no current profile now.': '现在没有当前配置。',
  'There is a profile {name} already': '配置 {name} 已存在',
  '--replace takes its place.': '用 --replace 替换它。',
  'Choose another, or remove that one first.': '请换个名称，或先删除该配置。',
  'There is no current profile': '没有当前配置',
  'There is no profile {name}': '没有配置 {name}',
  'There are: {known}.': '现有：{known}。',
  'There are none yet: alipass profile add NAME makes one.':
    '还没有任何配置：用 alipass profile add NAME 添加。',
  'There are no profiles yet: alipass profile add NAME makes one.':
    '还没有任何配置：用 alipass profile add NAME 添加。',
  'The profile holds no settings.': '配置中没有设置。',
  'alipass profile use NAME chooses one, alipass profile add NAME makes one.':
    '用 alipass profile use NAME 选择，或用 alipass profile add NAME 添加。',
  'profile name': '配置名称',
  '1 to 64 visible characters that begin with neither space nor hyphen':
    '1 到 64 个可见字符，不以空格或连字符开头',
  'A call will still need {missing}.': '调用还缺少：{missing}。',
  'the app’s id (--app-id)': '应用的 APPID（--app-id）',
  'its private key (--private-key-file)': '应用私钥（--private-key-file）',
  'Alipay’s public key, 支付宝公钥 (--alipay-public-key-file)': '支付宝公钥（--alipay-public-key-file）',
  'the profile': '配置',
  'profile {name}': '配置 {name}',
  'The private key was copied to {path}.': '应用私钥已复制到 {path}。',
  '{where} and {other} are not of one key pair': '{where} 与 {other} 不是一对密钥',
  'alipass keys inspect shows the fingerprint of each; both halves of a pair have the same.':
    'alipass keys inspect 显示各自的指纹；一对密钥的指纹相同。',
  '{path} holds no private key of an app': '{path} 中没有应用私钥',
  'A folder holds it in 应用私钥….txt, .alipay-sandbox.json in appPrivateKey, a properties file in privateKey.':
    '文件夹中在 应用私钥….txt，.alipay-sandbox.json 中在 appPrivateKey，properties 文件中在 privateKey。',
  '{first} and {second} say different things': '{first} 与 {second} 不一致',
  'Keep one of them in the file; for the app’s id, --app-id decides.':
    '文件中请保留其中一个；应用的 APPID 可用 --app-id 指定。',
  '{path} can’t be imported: {why}': '{path} 无法导入：{why}',
  'It takes .alipay-sandbox.json, the key tool’s folder, or a properties file.':
    '可导入 .alipay-sandbox.json、密钥工具的文件夹或 properties 文件。',
  'it begins like JSON, but is none': '开头像 JSON，但不是',
  'app {count} of {path}': '{path} 的第 {count} 个应用',
  'The config file {path} can’t be read ({code})': '配置文件 {path} 无法读取（{code}）',
  'The config file in {directory} can’t be written ({code})': '{directory} 中的配置文件无法写入（{code}）',
  'ALIPASS_CONFIG_DIR names another directory.': '可用 ALIPASS_CONFIG_DIR 指定其他目录。',
  'The config file {where} is damaged: {what}': '配置文件 {where} 已损坏：{what}',
  'It was left as it is. Mend it, or move it away and add the profiles again.':
    '文件未被改动。请修复它，或移走后重新添加配置。',
  'it is not JSON': '不是 JSON',
  'current is not a name': 'current 不是名称',
  '{wrong} of profile {name} is not text': '配置 {name} 的 {wrong} 不是文字',
  '{what} is not an object': '{what} 不是对象',
  'the file': '文件',
  'Another alipass holds {path}': '另一个 alipass 正占用 {path}',
  'Another alipass holds {path} since {time}': '另一个 alipass 自 {time} 起占用 {path}',
  'If none is running, remove that file: the one that made it has died.':
    '如果没有其他 alipass 在运行，请删除该文件：创建它的程序已经退出。',

  // Keys
  'Passphrase of {where}: ': '{where} 的密码：',
  '{where} is your app’s own public key where Alipay’s belongs': '{where} 是应用公钥，这里应为支付宝公钥',
  'On open.alipay.com, under the app’s signing settings, copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s).':
    '请在 open.alipay.com 应用的接口加签方式中复制支付宝公钥，而不是应用公钥。',
  'the output of {source}': '{source} 的输出',
  'the key on stdin': 'stdin 中的密钥',
  'The key file {path} can’t be read: {why}': '密钥文件 {path} 无法读取：{why}',
  'It was named by {source}.': '该文件由{source}指定。',
  'Others can read the private key {path}: chmod 600 makes it yours alone':
    '其他人可以读取私钥 {path}：用 chmod 600 改为仅自己可读',
  'The private key command ended with {code}': '私钥命令以 {code} 结束',
  'The private key command was ended after {seconds} s': '私钥命令超过 {seconds} 秒，已终止',
  'an RSA private key as PEM or one base64 line, PKCS#1 or PKCS#8':
    'PEM 或一行 base64 的 RSA 私钥，PKCS#1 或 PKCS#8',
  'an RSA public key as PEM or one base64 line, SPKI or PKCS#1, or an X.509 certificate':
    'PEM 或一行 base64 的 RSA 公钥，SPKI 或 PKCS#1，或 X.509 证书',
  'an RSA private key as PEM or one base64 line, PKCS#1 or PKCS#8, or an RSA public key as PEM or one base64 line, SPKI or PKCS#1, or an X.509 certificate':
    'PEM 或一行 base64 的 RSA 私钥（PKCS#1 或 PKCS#8）、RSA 公钥（SPKI 或 PKCS#1），或 X.509 证书',
  'private key': '私钥',
  'public key': '公钥',
  '{where} is a key of type {type}': '{where} 是 {type} 类型的密钥',
  'The gateway signs with RSA only.': '网关只支持 RSA 签名。',
  'The passphrase does not open {where}': '密码不能解开 {where}',
  '{variable}, where it is set, is used without asking: check it, or unset it to be asked.':
    '设置了 {variable} 就直接使用，不再询问：请检查它，或取消设置以便询问。',
  '{where} is not a readable {what}': '{where} 不是可读取的{what}',
  'It must be {allowed}.': '应为{allowed}。',
  '{where} holds a {found} where the {wanted} belongs': '{where} 中是{found}，这里应为{wanted}',
  'The private key setting takes your app’s private key; the Alipay public key setting takes Alipay’s.':
    '私钥设置应为您的应用私钥（private），支付宝公钥设置应为支付宝公钥（public）。',
  '{where} is protected by a passphrase': '{where} 受密码保护',
  '{variable} may hold it; on a terminal it is asked for.': '密码可放在 {variable} 中；在终端上会询问。',
  'encrypted PKCS#8': '加密的 PKCS#8',
  'encrypted PKCS#1': '加密的 PKCS#1',
  'PKCS#1 public': 'PKCS#1 公钥',
  'The label says BEGIN {pemLabel}, but the body is {title}, which goes with BEGIN {label}':
    '标记行是 BEGIN {pemLabel}，内容却是 {title}，其标记行应为 BEGIN {label}',
  'A public key can’t be written as {title}, a form of private keys': '公钥不能写成 {title}，那是私钥的格式',
  'Nothing leads from a public key to its private one: start from the private key.':
    '公钥推不出私钥：请从私钥开始。',
  'one of {bits}: RSA2 takes no key shorter than 2048 bits, and shorter ones are no longer safe':
    '以下之一：{bits}。RSA2 要求密钥至少 2048 位，更短的已不安全',
  'Next, on open.alipay.com, under the app’s signing settings:':
    '接下来，在 open.alipay.com 应用的接口加签方式中：',
  '1. Upload the public half as 应用公钥; the line to paste: `{upload}`':
    '1. 上传公钥作为应用公钥；要粘贴的一行：`{upload}`',
  '2. Copy 支付宝公钥 (Alipay’s key), which it shows in return, to a file.':
    '2. 把随后显示的支付宝公钥复制到文件。',
  '3. Keep both under a name: `{add}`': '3. 把两者存为配置：`{add}`',
  'Wrote {output}.': '已写入 {output}。',
  Half: '密钥',
  File: '文件',
  private: '私钥',
  public: '公钥',
  Fact: '项目',
  Form: '格式',
  Bits: '位数',
  Fingerprint: '指纹',
  Warning: '警告',
  SN: 'SN',
  Subject: '使用者',
  Issuer: '颁发者',
  'Valid from': '有效期起',
  'Valid until': '有效期至',
  'Days left': '剩余天数',
  '{title}, PEM': '{title}，PEM',
  '{title}, bare base64': '{title}，一行 base64',
  '{days_left} (expired)': '{days_left}（已过期）',
  'The gateway signs with RSA only; this is a key of type {type}':
    '网关只支持 RSA 签名；这是 {type} 类型的密钥',
  'RSA2 takes no key shorter than 2048 bits; this has {bits}':
    'RSA2 要求密钥至少 2048 位；这把只有 {bits} 位',
  'one pair': '是一对密钥',
  'not one pair': '不是一对密钥',
  'one pair: the same private key twice': '是一对密钥：两个都是同一把私钥',
  'one pair: the same public key twice': '是一对密钥：两个都是同一把公钥',
  '  private half: {where} ({title})': '  私钥：{where}（{title}）',
  '  public half: {where} ({title})': '  公钥：{where}（{title}）',
  Setting: '设置',
  Value: '值',
  Source: '来源',
  Profile: '配置',
  App: '应用',
  Gateway: '网关',
  '(production)': '（正式环境）',
  '(set, not shown)': '（已设置，不显示）',
  '({length} characters)': '（{length} 个字符）',

  // Certificates
  '{where} does not belong to the app’s private key': '{where} 与应用私钥不是一对',
  'Certificate and key are made together: look for the .key or .txt file beside the .csr.':
    '证书和私钥是同时生成的：请找 .csr 旁边的 .key 或 .txt 文件。',
  '{where} is the app’s own certificate where Alipay’s belongs':
    '{where} 是应用公钥证书，这里应为支付宝公钥证书',
  'From open.alipay.com take alipayCertPublicKey_RSA2.crt, not appCertPublicKey_….crt.':
    '请从 open.alipay.com 下载 alipayCertPublicKey_RSA2.crt，而不是 appCertPublicKey_….crt。',
  'certificate {count} of {where}': '{where} 的第 {count} 个证书',
  '{where} is not a readable X.509 certificate': '{where} 不是可读取的 X.509 证书',
  'It must be PEM or one base64 line; openssl x509 -inform der -in FILE turns a binary certificate into PEM.':
    '应为 PEM 或一行 base64；用 openssl x509 -inform der -in FILE 可以把二进制证书转换为 PEM。',
  '{where} holds no certificate signed with RSA': '{where} 中没有 RSA 签名的证书',
  'It must be the root bundle that Alipay offers for download (alipayRootCert.crt).':
    '应为支付宝提供下载的根证书（alipayRootCert.crt）。',
  '{where} has expired: it is valid from {from} to {to}, Beijing time':
    '{where} 已过期：有效期为北京时间 {from} 至 {to}',
  '{where} is not valid yet: it is valid from {from} to {to}, Beijing time':
    '{where} 尚未生效：有效期为北京时间 {from} 至 {to}',
  'The Alipay certificate': '支付宝公钥证书',
  'The certificate {sn}': '证书 {sn}',
  'the certificate chain breaks at {subject}: {why}': '证书链在 {subject} 处中断：{why}',
  'the certificate chain ends at {subject}, which is none of the roots':
    '证书链止于 {subject}，它不在根证书之中',
  'no certificate of its issuer {issuer} is at hand': '没有其颁发者 {issuer} 的证书',
  'its issuer {subject} is not a CA': '其颁发者 {subject} 不是 CA',
  'its issuer {subject} did not sign it': '它不是由其颁发者 {subject} 签发的',
  'Check that the root bundle is Alipay’s newest (alipayRootCert.crt, from open.alipay.com).':
    '请确认根证书是支付宝最新的（alipayRootCert.crt，从 open.alipay.com 下载）。',
  'The answer names no certificate SN but something else': '响应给出的不是证书 SN',
  'The gateway sent another certificate than {sn}': '网关返回的证书不是 {sn}',
  'The certificate {sn} is for {subject}, not for whom the configured one is':
    '证书 {sn} 的使用者是 {subject}，与设置的证书不同',
  'The certificate {sn} is that of an authority': '证书 {sn} 是 CA 证书',
  'The certificate {sn} is the app’s own': '证书 {sn} 是应用自己的',
  'The answer does not name its certificate (alipay_cert_sn)': '响应没有给出证书（alipay_cert_sn）',
  'The answer does not name the certificate that signed it': '响应没有给出签名所用的证书',
  'Check --gateway and that the app is in certificate mode on open.alipay.com.':
    '请检查 --gateway，以及应用在 open.alipay.com 上是否为证书模式。',
  'The gateway has no content for certificate {sn}': '网关没有证书 {sn} 的内容',
  'The certificate {sn}, which proves the answer, can’t be fetched: {message}':
    '用于验签的证书 {sn} 无法下载：{message}',
  'The certificate {sn} can’t be kept in {directory} ({code})': '证书 {sn} 无法保存到 {directory}（{code}）',
  '{where} is not a content encryption key': '{where} 不是接口内容加密的密钥',
  'It is one base64 line of 24 characters: on open.alipay.com it is called 接口内容加密方式, AES密钥.':
    '应为 24 个字符的一行 base64：在 open.alipay.com 上称为“接口内容加密方式”的 AES 密钥。',

  // On the way
  'signed    {method}, {signType}, {charset}': '已签名    {method}，{signType}，{charset}',
  'answered  HTTP {status}, {bytes} bytes, {ms} ms': '已响应    HTTP {status}，{bytes} 字节，{ms} ms',
  'verified  trace {traceId}': '验签通过  trace {traceId}',
  'opened, unproven  trace {traceId}': '已打开，未验签  trace {traceId}',
  'retry     in {delayMs} ms: {reason}': '重试      {delayMs} ms 后：{reason}',
  'No whole answer within {timeoutMs} ms': '{timeoutMs} ms 内没有收到完整响应',
  'No connection within {timeoutMs} ms': '{timeoutMs} ms 内未能建立连接',
  'Raise --timeout, or check the network and proxy.': '请增大 --timeout，或检查网络和代理。',
  'The answer is larger than {limit} MiB': '响应超过 {limit} MiB',
  'Ask for smaller pages with --page-size.': '请用 --page-size 减小每页的数量。',
  'The connection was cut before the whole answer came': '完整响应到达前连接中断',
  'Try again; if it keeps happening, look for a proxy or firewall in between.':
    '请重试；如果一再发生，请检查途中的代理或防火墙。',
  'The answer is no HTTP/1.1: {what}': '响应不是 HTTP/1.1：{what}',
  'it does not begin with HTTP/1.1 and a status': '开头不是 HTTP/1.1 和状态码',
  'its head is too long': '头部过长',
  'its head has a line that is no header': '头部有一行不是字段',
  'it changes the protocol': '它切换了协议',
  'its length is unclear': '长度不明确',
  'a line is too long': '某一行过长',
  'a chunk has no size': '某一块没有长度',
  'a chunk is longer than its size': '某一块超出其长度',
  'Check --gateway; a proxy or another server may answer in its place.':
    '请检查 --gateway；应答的可能是代理或别的服务器。',
  'Nothing accepts connections': '连接被拒绝',
  'Check --gateway; is the gateway or proxy running?': '请检查 --gateway；网关或代理在运行吗？',
  'The host name is unknown': '找不到主机名',
  'Check --gateway and the DNS.': '请检查 --gateway 和 DNS。',
  'The host name can’t be looked up now': '暂时无法解析主机名',
  'Check the network.': '请检查网络。',
  'The connection timed out': '连接超时',
  'Check the network and proxy.': '请检查网络和代理。',
  'Check --gateway, the clock, and proxies that open TLS; NODE_EXTRA_CA_CERTS names a file of more certificates to trust.':
    '请检查 --gateway、时钟，以及会解密 TLS 的代理；NODE_EXTRA_CA_CERTS 可指定另外信任的证书文件。',
  'The two sides do not agree on TLS': '双方的 TLS 对不上',
  'Check --gateway: its scheme, https:// or http://, and its port.':
    '请检查 --gateway 的协议（https:// 还是 http://）和端口。',
  '{says} at {host} ({code})': '{says}：{host}（{code}）',
  'The answer calls a success an error': '响应把成功放在了错误节点里',
  'The answer says success but carries no signature': '响应表示成功，却没有签名',
  'The gateway redirects ({status}) to {target}': '网关重定向（{status}）到 {target}',
  'Redirects are not followed, as they would carry the signed request elsewhere. Check --gateway.':
    '不跟随重定向，以免签名的请求被带到别处。请检查 --gateway。',
  'The gateway answered HTTP {status}: {bytes}': '网关返回 HTTP {status}：{bytes}',
  'The gateway answered no JSON but {bytes}': '网关返回的不是 JSON，而是 {bytes}',
  'A proxy or a login page may stand between here and the gateway.': '途中可能有代理或登录页面。',
  'Too many calls: try again in a while.': '调用过于频繁：请稍后再试。',
  'The gateway, or a proxy on the way to it, is in trouble: try again in a while.':
    '网关或途中的代理出现故障：请稍后再试。',
  'Check --gateway: this does not behave like an Alipay gateway.': '请检查 --gateway：这不像支付宝网关。',
  'an empty body': '空的正文',
  'The answer holds both a result and an error': '响应中既有结果又有错误',
  'The answer has no member {name}': '响应中没有成员 {name}',
  'It has: {names}. Check --gateway.': '其中有：{names}。请检查 --gateway。',
  'The signature of the answer does not verify': '响应验签不通过',
  'The member {name} has no return code': '成员 {name} 没有返回码',
  'The answer is encrypted, and there is no key for it': '响应已加密，但没有密钥',
  'Content encryption is switched on for this app: set --encrypt-key-file or ALIPASS_ENCRYPT_KEY.':
    '此应用开启了接口内容加密：请设置 --encrypt-key-file 或 ALIPASS_ENCRYPT_KEY。',
  'The content encryption key does not open the answer': '接口内容加密的密钥不能解开响应',
  'Compare it with the app’s AES key (接口内容加密方式) on open.alipay.com.':
    '请与 open.alipay.com 上应用的 AES 密钥（接口内容加密方式）核对。',
  'Check the Alipay public key, --sign-type and --gateway. If they are right, the answer was changed on its way.':
    '请检查支付宝公钥、--sign-type 和 --gateway。如果都对，就是响应在途中被改动了。',
  'The gateway answered {code} {msg}': '网关返回 {code} {msg}',
  'The answer has a member name that is not JSON': '响应中有不符合 JSON 的成员名',
  'The answer is not one whole JSON object: {what}, at byte {position}':
    '响应不是一个完整的 JSON 对象：{what}，在第 {position} 字节',
  'something follows the object': '对象之后还有内容',
  'expected {wanted}': '应为 {wanted}',
  'the text ends too early': '内容意外结束',
  'a string does not end': '字符串没有结束',
  'expected a value': '应为一个值',
  'The answer has two members named {name}: one of them is forged':
    '响应中有两个成员 {name}：其中一个是伪造的',
  'Something between here and the gateway changes answers. Nothing of this one was used.':
    '途中有东西改动响应。此响应未被使用。',
  '{charset} has no code for {shown}': '{charset} 没有 {shown} 的编码',
  'the lone surrogate {codePoint}': '单独的代理项 {codePoint}',
  'Leave the character out, or use --charset utf-8.': '请去掉该字符，或使用 --charset utf-8。',

  // What the gateway refused
  'Ask the merchant to authorise the app again, and set the new app_auth_token.':
    '请商户重新授权应用，并设置新的 app_auth_token。',
  'Compare the key pair, --charset, --sign-type and --gateway with what the app has on open.alipay.com.':
    '请与 open.alipay.com 上应用的设置核对密钥对、--charset、--sign-type 和 --gateway。',
  'Try again in a while.': '请稍后再试。',
  'Upload the app’s public key on open.alipay.com.': '请在 open.alipay.com 上传应用公钥。',
  'This app is in certificate mode.': '此应用为证书模式。',
  'Check --app-id, and that it belongs to this gateway: sandbox apps exist on the sandbox gateway alone.':
    '请检查 --app-id，以及它是否属于此网关：沙箱应用只存在于沙箱网关。',
  'Set this machine’s clock, by NTP: it is too far off. alipass doctor compares it with the gateway’s.':
    '本机时钟偏差太大，请用 NTP 校准。alipass doctor 可与网关的时钟比较。',
  'The app has no public key for this --sign-type on open.alipay.com.':
    '应用在 open.alipay.com 上没有此 --sign-type 的公钥。',
  'Check the values of the query: user, partner, group, city, page.':
    '请检查查询的值：用户、商户、分组、城市、页码。',
  'Alipay has not opened this method for the app.': '支付宝没有为此应用开放该接口。',
  'Add the card-bag feature to the app on open.alipay.com, and wait until it is in force.':
    '请在 open.alipay.com 为应用添加卡包能力，并等待其生效。',
  'The user has not authorised this app.': '用户没有授权此应用。',

  // Listings
  'Page {count} holds only passes of earlier pages: the gateway repeats itself':
    '第 {count} 页都是前面各页的卡券：网关在重复返回',
  'The listing is not proven whole: it ends after {count} passes. Try another --page-size.':
    '无法证明列表完整：共 {count} 张卡券后结束。请换一个 --page-size 再试。',
  'The listing was stopped after {maxPages} pages, before its proven end':
    '读取 {maxPages} 页后停止，尚未确认到达末尾',
  'Raise --max-pages to read on.': '请增大 --max-pages 以继续读取。',
  'The answer is not a list of passes: {what}': '响应不是卡券列表：{what}',
  'It was signed by Alipay, so the API may have changed. Please report it.':
    '它有支付宝的签名，可能是接口有变化。请报告此问题。',
  'a pass is no object': '有卡券不是对象',
  'a pass has no pass_id': '有卡券没有 pass_id',
  '{name} is no list': '{name} 不是列表',

  // Recordings
  '--mask says how to record: it needs --record': '--mask 说的是如何录制：需要 --record',
  '--record keeps the key that proves the answers, and with --insecure-skip-verify there is none':
    '--record 会保存验签的公钥，而 --insecure-skip-verify 没有公钥',
  'A copy of the file does as well.': '复制该文件即可。',
  'Whether user ids are masked is said by the recording.': '用户 ID 是否打码由录制文件决定。',
  'Keep one of them: each answers in place of a gateway.': '请保留其中一个：两者都代替网关应答。',
  'Leave it out: a replay calls nobody.': '请去掉它：回放不调用任何网关。',
  '--replay does not go with {flag}': '--replay 不能与 {flag} 同用',
  '{where} was recorded under content encryption, and holds no AES key, as that is a secret':
    '{where} 录制时开启了接口内容加密，而 AES 密钥是机密，不在其中',
  'Give the app’s AES key with --encrypt-key-file or ALIPASS_ENCRYPT_KEY.':
    '请用 --encrypt-key-file 或 ALIPASS_ENCRYPT_KEY 给出应用的 AES 密钥。',
  'Replaying {where}, recorded at {time} (Beijing time) of {gateway}.':
    '回放 {where}：录制于北京时间 {time}，网关 {gateway}。',
  'Answers are verified with a proof of your own.': '响应用您自己的公钥或证书验签。',
  'Your settings have another, so whoever handed the file on may have written the answers: {flag} demands yours':
    '它与您的设置不同，转交文件的人可能伪造了响应：用 {flag} 指定您自己的',
  'That proves who wrote the answers, not what was asked, nor when.':
    '这能证明响应由谁写出，但不能证明问了什么，也不能证明时间。',
  'the recording': '录制文件',
  'the key (SHA-256 {fingerprint})': '公钥（SHA-256 {fingerprint}）',
  'the root certificates (SN {sn})': '根证书（SN {sn}）',
  'alipay_public_key of {where}': '{where} 的 alipay_public_key',
  'alipay_root_cert of {where}': '{where} 的 alipay_root_cert',
  'alipay_cert of {where}': '{where} 的 alipay_cert',
  '{where} holds no answer to {method} with {what}': '{where} 中没有 {method} 的响应，其参数为 {what}',
  'Ask as it was recorded, or record again with --record.': '请按录制时的参数查询，或用 --record 重新录制。',
  'It holds no answer at all': '其中没有任何响应',
  'Asked for {parts}': '查询的是 {parts}',
  'It holds each of these values, but not together': '这些值其中都有，但不在同一个请求里',
  '{name} {wanted} (recorded: {shown})': '{name} {wanted}（录下的：{shown}）',
  '{where} is not a recording: {says}': '{where} 不是录制文件：{says}',
  'it is empty': '文件为空',
  'alipass list --record FILE makes one.': '用 alipass list --record FILE 录制。',
  'its first line is not JSON with the schema "{wanted}"': '第一行不是 schema 为 "{wanted}" 的 JSON',
  'its first line has no schema, such as "{wanted}"': '第一行没有 schema，如 "{wanted}"',
  'its schema is {schema}, not "{wanted}"': '其 schema 是 {schema}，不是 "{wanted}"',
  '{where} is a recording of another version: {schema}, not "{wanted}"':
    '{where} 是另一版本的录制文件：{schema}，不是 "{wanted}"',
  'Replay it with the alipass that made it, or record again.': '请用录制它的 alipass 回放，或重新录制。',
  'Record again with --record, or take an untouched copy of the file.':
    '请用 --record 重新录制，或使用未改动的文件。',
  'Line {line} of {where} was changed after it was recorded': '{where} 第 {line} 行在录制后被改动',
  '{where} is cut off in line {line}: the recording was stopped, or the file not copied whole':
    '{where} 在第 {line} 行中断：录制被停止，或文件没有完整复制',
  'head -n {count} keeps the lines before, which are a recording of their own.':
    'head -n {count} 可保留前面各行，它们本身就是录制文件。',
  'Line {line} of {where} is not what alipass records': '{where} 第 {line} 行不是 alipass 录制的',
  'its issuer {subject}': '其颁发者 {subject}',
  'Answers are verified with {what} that it keeps': '响应用其中保存的{what}验签',
  '{flag} demands a proof of your own': '用 {flag} 可改为您自己的',
};
