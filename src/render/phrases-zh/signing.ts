/** Requests, signatures, and why they do not verify. */
export const SIGNING: Readonly<Record<string, string>> = {
  // request
  'Parameters, sorted, each with its place': '参数（按名称排序，标明所在位置）',
  'Signed text': '待签名字符串',
  'Signature ({type}), in the query as sign': '签名（{type}），在 query 中名为 sign',
  'The output holds the app auth token, which is a secret': '输出中含有应用授权令牌，这是机密',
  'Nothing listens at the built-in sandbox’s address: alipass sandbox serve has a real one.':
    '内置沙箱的地址并没有服务：alipass sandbox serve 可启动真正的服务。',
  '--as {form} does not know certificate mode and content encryption yet':
    '--as {form} 尚不支持证书模式和接口内容加密',
  'text, curl, http and json do; the program can be had in key mode.':
    'text、curl、http 和 json 支持；程序代码请在公钥模式下生成。',

  // sign
  '1. Parameters, sorted by name; sign itself and empty ones are left out':
    '1. 参数，按名称排序；不含 sign 本身和空值',
  '2. Signed text: joined with &, values raw': '2. 待签名字符串：用 & 连接，值不做编码',
  '3. Its bytes in {charset}': '3. 其 {charset} 字节',
  '4. Their digest, {algorithm} for {sign_type}': '4. 摘要，{sign_type} 用 {algorithm}',
  '5. Signature, RSASSA-PKCS1-v1_5, base64': '5. 签名，RSASSA-PKCS1-v1_5，base64',
  '--{given} would have no effect: {path} is signed as it stands': '--{given} 不起作用：{path} 原样签名',
  'Give a file or a query, not both.': '请给出文件或查询，不要同时给出。',
  '{name} in {where} is null, which has no text to sign': '{where} 中的 {name} 是 null，没有可签名的文字',
  'Leave it out, or give its text in quotes.': '请去掉它，或用引号给出文字。',
  '{where} is not JSON': '{where} 不是 JSON',
  '{where} is not a JSON object of parameters': '{where} 不是参数的 JSON 对象',
  '{where} has two parameters of the same name': '{where} 中有两个同名的参数',
  'A parameter is sent and signed once: leave one of them out.': '每个参数只发送、签名一次：请去掉其中一个。',

  // verify
  Yes: '是',
  No: '否',
  kind: '类型',
  key: '公钥',
  node: '节点',
  'signed text': '待签名字符串',
  'This is neither a JSON answer nor a request with a sign parameter':
    '这既不是 JSON 响应，也不是带 sign 参数的请求',
  'For a text, give its signature with --signature.': '如果是文本，请用 --signature 给出签名。',
  '--signature is required: base64, for a text': '缺少 --signature：文本的 base64 签名',
  'the app’s own (from its private key)': '应用公钥（由应用私钥导出）',
  'Alipay’s ({where})': '支付宝公钥（{where}）',
  'Verifying a request or a text needs the app’s public key': '对请求或文本验签需要应用公钥',
  'Give it with --public-key-file; its private key (--private-key-file, or a profile) does as well.':
    '请用 --public-key-file 给出；也可以给出应用私钥（--private-key-file 或配置）。',
  'Verifying an answer needs Alipay’s public key': '对响应验签需要支付宝公钥',
  'Give it with --public-key-file, or set it in the profile.':
    '请用 --public-key-file 给出，或设置在配置里。',
  'The answer has no member that ends in _response': '响应中没有以 _response 结尾的成员',
  'The answer has more than one result: {names}': '响应中有不止一个结果：{names}',
  'A signature covers one of them alone, and the gateway never sends two: the other is forged.':
    '签名只覆盖其中一个，而网关从不返回两个：另一个是伪造的。',
  'The member {name} is not JSON': '成员 {name} 不是 JSON',

  // Verdicts
  'The signature verifies': '验签通过',
  'There is no signature': '没有签名',
  'Give the whole of it, sign included.': '请给出完整内容，包括 sign。',
  'A + of the signature arrived as a space': '签名中的 + 到达时变成了空格',
  'Url-encode base64 and JSON when sending: a bare + means a space in a form.':
    '发送时要对 base64 和 JSON 做 URL 编码：表单里的 + 表示空格。',
  'The charset is not in the URL, or is spelled otherwise there than in the body':
    'charset 不在 URL 里，或与正文中的写法不同',
  'The gateway looks for charset in the URL’s query, and nowhere else: send it there, and only there.':
    '网关只在 URL 的 query 中找 charset：请放在那里，也只放在那里。',
  'There is no biz_content here': '没有 biz_content',
  'Add the form body on the next line.': '请把表单正文加在下一行。',
  'sign_type was left out of the signed text': '待签名字符串缺少 sign_type',
  'Every parameter but sign is signed, sign_type too.': '除 sign 外的参数都要签名，sign_type 也不例外。',
  'The parameters were not sorted by name in ASCII order': '参数没有按名称的 ASCII 顺序排序',
  'Sort all of them, those of query and body together, before joining.':
    '连接之前，请把 query 和正文的参数放在一起排序。',
  'Url-encoded values were signed': '签名用的是 URL 编码后的值',
  'Sign the raw values; url-encode when sending.': '请对原值签名，发送时再做 URL 编码。',
  'Parameters without a value were signed': '空值的参数也参与了签名',
  'Neither sign nor send parameters that are empty.': '空参数既不要签名，也不要发送。',
  'The text was signed with + where a space arrived': '签名时是 +，到达时是空格',
  'Url-encode a + as %2B and a space as %20.': '请把 + 编码为 %2B，空格编码为 %20。',
  'The text was signed with a space where a + arrived': '签名时是空格，到达时是 +',
  'Sign the values before they are url-encoded.': '请在 URL 编码之前签名。',
  'The timestamp was moved by whole hours after signing': '签名之后 timestamp 被改动了整数小时',
  'Write the timestamp once, in UTC+8, and sign what is sent.':
    'timestamp 只写一次，用 UTC+8，并对发送的内容签名。',
  'A line end behind the text was signed with it': '文本末尾的换行也参与了签名',
  'echo adds one: printf %s writes none.': 'echo 会加换行；printf %s 不会。',
  'biz_content was left out of the signed text': '待签名字符串缺少 biz_content',
  'Sign the parameters of query and body together, biz_content among them.':
    '请对 query 和正文的参数一起签名，包括 biz_content。',
  'biz_content was written anew after signing: its white space or escapes differ':
    'biz_content 在签名之后重新生成：空白或转义不同',
  'Write the JSON once, and sign the very text that is sent.': 'JSON 只生成一次，并对发送的原文签名。',
  'The text was signed in another charset than it is sent in': '签名的字符集与发送的不同',
  'Turn the text into bytes in the charset that the charset parameter names, and url-encode in the same.':
    '请用 charset 参数给出的字符集取字节签名，URL 编码也用同一字符集。',
  'Another timestamp was signed than was sent, less than an hour apart':
    '签名的 timestamp 与发送的不同，相差不到一小时',
  'Read the clock once: sign and send the same timestamp.': '只取一次时间：签名和发送用同一个 timestamp。',
  'On open.alipay.com, copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s own); the sandbox has a key of its own.':
    '请在 open.alipay.com 复制支付宝公钥，而不是应用公钥；沙箱有自己的支付宝公钥。',
  'Alipay signs with the sign type that is set for the app: change --sign-type.':
    '支付宝用应用设置的签名类型签名：请修改 --sign-type。',
  'Save the answer byte for byte as it came. If it is, something on the way changes answers.':
    '请逐字节原样保存响应。如果确实如此，就是途中有东西改动了响应。',
  'The signature verifies over the text with / in place of \\/, as some answers are signed':
    '把 \\/ 换成 / 后验签通过，有些响应是这样签名的',
  'The node was written anew after it was signed: white space or escapes differ':
    '节点在签名之后重新生成：空白或转义不同',
  'Save the answer byte for byte as it came; a JSON library or jq changes it.':
    '请逐字节原样保存响应；JSON 库和 jq 会改动它。',
  'The signature is over the encrypted text without its quotes': '签名的是不带引号的密文',
  'The two quotes of an encrypted node are part of the signed text.':
    '加密节点两端的引号也是待签名字符串的一部分。',
  'The signature is over the text without the line end of the file': '签名的文本不含文件末尾的换行',
  'An editor or echo added it: printf %s writes none.': '换行是编辑器或 echo 加上的：printf %s 不会加。',
  'The signature is over the url-decoded text': '签名的是 URL 解码后的文本',
  'Values are signed raw.': '应对原值签名。',
  'Another private key made this signature, or the signature is damaged': '签名出自另一把私钥，或签名已损坏',
  '`alipass keys match` tells whether two files are of one pair; `alipass keys inspect` what each is.':
    '`alipass keys match` 判断两个文件是否为一对密钥；`alipass keys inspect` 说明各自是什么。',
  'The signature has {bytes} bytes, where one of this key has {keyBytes}':
    '签名有 {bytes} 字节，而这把密钥的签名应有 {keyBytes} 字节',
  'Give the whole of it. If it is whole, a key of another size made it.':
    '请给出完整的签名。如果已经完整，就是另一种长度的密钥签的。',
  'The signature is hexadecimal, not base64': '签名是十六进制，不是 base64',
  'Encode the bytes of the signature in base64: `openssl base64 -A`.':
    '请把签名的字节做 base64 编码：`openssl base64 -A`。',
  'The signature is not base64': '签名不是 base64',
  'It has A to Z, a to z, 0 to 9, + and /, and = at its end; a % tells that it was url-encoded twice.':
    'base64 只含 A 到 Z、a 到 z、0 到 9、+ 和 /，末尾可有 =；出现 % 表示做了两次 URL 编码。',
  'The right key signed the right text, but with another digest than the sign type names':
    '密钥和内容都对，但摘要算法与签名类型不符',
  'RSA2 signs SHA-256, RSA signs SHA-1: change the digest or the sign type.':
    'RSA2 用 SHA-256，RSA 用 SHA-1：请修改摘要算法或签名类型。',
  'The right key signed another text: something was changed, added or lost after signing':
    '密钥正确，但签名的是另一段内容：签名之后有改动、增加或丢失',
  '`alipass sign` shows the text that has to be signed.': '`alipass sign` 显示待签名字符串。',

  // What the gateway says of a signature that it refused
  'The gateway signed the same text as we did, so the keys do not match: the app’s public key on open.alipay.com is not the other half of this private key, or it was uploaded for another sign type. `alipass keys match` compares two files.':
    '网关的待签名字符串与本机相同，所以是密钥不匹配：open.alipay.com 上的应用公钥与此应用私钥不是一对，或上传时选了另一种签名类型。`alipass keys match` 可比较两个文件。',
  'The gateway checked another text than was signed. They part in {parameter}: we signed «{ours}», it checked «{theirs}». {cause}':
    '网关验签的内容与本机签名的不同，从 {parameter} 起不一致：本机签名 «{ours}»，网关验签 «{theirs}»。{cause}',
  'sign_type did not reach the gateway.': 'sign_type 没有到达网关。',
  'A + arrived as a space or the other way round: something on the way decodes the form once too often.':
    '+ 变成了空格，或空格变成了 +：途中有东西多解码了一次表单。',
  'One of them is url-encoded: values are signed raw.': '其中一个做了 URL 编码：应对原值签名。',
  'The bytes were read in another charset: check --charset, and that nothing on the way drops it from the URL.':
    '字节被按另一种字符集读取：请检查 --charset，以及途中是否有东西把它从 URL 中去掉。',
  'The times are whole hours apart: something rewrites the timestamp in another zone.':
    '时间相差整数小时：有东西按另一个时区改写了 timestamp。',
  'Something between here and the gateway changes requests: look for a proxy.':
    '途中有东西改动请求：请检查代理。',
};
