/** What the help says of commands, arguments and flags. */
export const HELP: Readonly<Record<string, string>> = {
  // The frame
  'Usage:': '用法：',
  'Options:': '选项：',
  'Arguments:': '参数：',
  'Commands:': '命令：',
  'Query:': '查询：',
  'Finding:': '筛选：',
  'Expectations:': '期望：',
  'Watching:': '持续查看：',
  'Connection:': '连接：',
  'Recording:': '录制：',
  'Output:': '输出：',
  'Examples:': '示例：',
  'Try it, without an account:': '无需账号，先试一试：',
  'See a user’s Alipay card-bag passes (卡包) through alipay.user.pass.grouplist.query.':
    '通过 alipay.user.pass.grouplist.query 查看用户的支付宝卡包。',
  'see a user’s Alipay card-bag passes': '查看用户的支付宝卡包',
  'show help for a command': '显示某个命令的帮助',
  'show the version': '显示版本号',
  'output the version number': '显示版本号',
  'show help': '显示帮助',
  '{what} (default: {value})': '{what}（默认：{value}）',
  '{what} (required)': '{what}（必填）',
  '{what} (required without a file)': '{what}（不给文件时必填）',
  '{what} (default: all of them)': '{what}（默认：全部分组）',
  '{one} or {two} (default: {value})': '{one} 或 {two}（默认：{value}）',
  '{what} (default: by the ending of --output, else {value})':
    '{what}（默认：按 --output 的扩展名，否则 {value}）',
  '{one} or {two} (default: by the ending of --output, else {value})':
    '{one} 或 {two}（默认：按 --output 的扩展名，否则 {value}）',
  '{one} or {two} (default: both, current first)': '{one} 或 {two}（默认：两者都查，先查 current）',

  // Verbs
  'list the passes of a user in a group': '列出用户某个分组的卡券',
  'show one pass with every field': '显示一张卡券的全部字段',
  'count passes by status, group and merchant, and draw when they end':
    '按状态、分组和商家统计卡券，并画出到期时间',
  'hold a listing to expectations, for CI: terminal, JUnit, JSON, GitHub':
    '检查查询结果是否符合期望，可用于 CI：终端、JUnit、JSON、GitHub',
  'list again and again, and tell what changes': '反复查询，报告变化',
  'what changed between two saved listings': '比较两份保存的查询结果',
  'show the signed request without sending it: text, curl, HTTP, JSON, SDK code':
    '显示签好名的请求而不发送：文本、curl、HTTP、JSON、SDK 代码',
  'show each step of a signature': '显示签名的每一步',
  'does this answer, request or text verify, and if not, why': '对响应、请求或文本验签；不通过时说明原因',
  'generate, inspect, convert and match keys': '生成、查看、转换、配对密钥',
  'what a code of the gateway means and what to do, offline': '离线解释网关错误码的含义和处理办法',
  'check settings, keys, clock, network and one signed call': '检查设置、密钥、时钟、网络，并试调用一次',
  'keep connection settings under names': '以名称保存连接设置',
  'a gateway of your own: no account, no network': '自带的沙箱网关：无需账号，无需网络',
  'print a script that completes command lines in your shell': '输出 shell 的命令行补全脚本',

  // Query
  'whose passes: 16 digits, beginning with 2088 (required)': '用户 ID：以 2088 开头的 16 位数字（必填）',
  'whose passes: 16 digits, beginning with 2088 (required without a file)':
    '用户 ID：以 2088 开头的 16 位数字（不给文件时必填）',
  'the id that Alipay gave to the merchant: 16 digits, beginning with 2088':
    '商户 ID（PID）：以 2088 开头的 16 位数字',
  'a city by its six digits (GB/T 2260), such as 320100': '城市的 6 位代码（GB/T 2260），如 320100',
  'list the shops as well; needs --city': '同时列出可用门店；需要 --city',
  'passes to ask for at a time (default: 100)': '每次请求的卡券数（默认：100）',
  'that page only (default: all pages)': '只查这一页（默认：所有页）',
  'stop after so many passes': '取到这么多张卡券后停止',
  'give up after so many pages (default: 100000)': '最多读取的页数（默认：100000）',
  'which page to ask for (default: 1)': '查询第几页（默认：1）',
  'sign for this Beijing time, "yyyy-MM-dd HH:mm:ss", not for now':
    '按这个北京时间（"yyyy-MM-dd HH:mm:ss"）签名，而不是当前时间',
  'sign for this Beijing time, "yyyy-MM-dd HH:mm:ss", not for now; SDK code stamps its own':
    '按这个北京时间（"yyyy-MM-dd HH:mm:ss"）签名，而不是当前时间；SDK 代码自行取时间',

  // Finding
  '{words}; several with commas': '{words}；多个以逗号分隔',
  'passes whose merchant’s name holds this': '商家名称包含此文字的卡券',
  'passes for this item': '此商品的卡券',
  'passes that this shop takes; needs --shops': '此门店可用的卡券；需要 --shops',
  'usable passes that end within a time such as 36h or 7d': '在 36h、7d 这样的时间内到期的可使用卡券',
  'passes that are valid then, Beijing time: 2026-12-01, or with 18:00:00':
    '在该北京时间有效的卡券：2026-12-01，也可带 18:00:00',
  'such as end_date,-gmt_create; - is descending': '如 end_date,-gmt_create；- 表示降序',
  'ask all passes a question: "[?status==\'can_use\'].pass_id"':
    '用 JMESPath 查询所有卡券："[?status==\'can_use\'].pass_id"',

  // Connection
  'the built-in gateway: no account, no network': '内置的沙箱网关：无需账号，无需网络',
  'settings under a name; ALIPASS_PROFILE': '使用以此名称保存的配置；ALIPASS_PROFILE',
  'the gateway (default: production)': '网关（默认：正式环境）',
  'the app that calls': '调用接口的应用的 APPID',
  'the app’s private key, PEM or base64; - reads stdin': '应用私钥，PEM 或 base64；- 表示从 stdin 读取',
  'a program that prints the private key: a vault, a keychain': '输出应用私钥的程序：密钥库、钥匙串等',
  'Alipay’s public key for this app: proves the answers': '此应用的支付宝公钥，用于对响应验签',
  'certificate mode: the app’s certificate': '证书模式：应用公钥证书',
  'certificate mode: Alipay’s certificate; fetched and checked when left out':
    '证书模式：支付宝公钥证书；不给则自动下载并校验',
  'certificate mode: the bundle of root certificates': '证书模式：支付宝根证书',
  'content encryption: the app’s AES key': '接口内容加密：应用的 AES 密钥',
  'act for a merchant who authorised the app (better in the environment)':
    '代授权给应用的商户调用（最好放在环境变量里）',
  'for a whole answer, each attempt (default: 15s)': '每次尝试等待完整响应的时间（默认：15s）',
  'how often to try again what may pass (default: 2)': '可重试的失败最多重试几次（默认：2）',
  'an HTTP proxy (default: HTTPS_PROXY, less NO_PROXY)': 'HTTP 代理（默认：HTTPS_PROXY，除去 NO_PROXY）',
  'take answers that nothing proves; warns each time': '不验签，接受未经证明的响应；每次都会警告',

  // Recording
  'keep requests and answers in a new file, without secrets, for --replay of list':
    '把请求和响应（不含机密）录到新文件，供 list 的 --replay 使用',
  'with --record: no whole user id in the requests': '与 --record 同用：录下的请求里不出现完整的用户 ID',
  'take the answers from a recording, verified anew: no account, no network; - reads stdin':
    '从录制文件取响应并重新验签：无需账号和网络；- 表示从 stdin 读取',

  // Output
  'such as pass_id,end_date,data_info.brandName': '如 pass_id,end_date,data_info.brandName',
  'open the JSON in data_info and ext_info': '展开 data_info 和 ext_info 里的 JSON',
  'in JSON, open data_info and ext_info': '在 JSON 中展开 data_info 和 ext_info',
  'leave out the names of the columns': '不输出列名',
  'every column, nothing cut': '输出所有列，不截断',
  'write a file, whole or not at all': '写入文件；要么完整写入，要么不写',
  'CSV for spreadsheets: long ids stay whole, formulas do nothing':
    '供电子表格使用的 CSV：长 ID 不失真，公式不执行',
  'of CSV: utf-8, gb18030 or gbk (default: utf-8)': 'CSV 的编码：utf-8、gb18030 或 gbk（默认：utf-8）',
  'show user ids as 2088********1234, and record them so': '用户 ID 显示为 2088********1234，录制时也如此',
  'no whole user id in the output, nor in the requests of a recording':
    '输出和录下的请求里都不出现完整的用户 ID',
  'the verified answers as they came, a line each': '原样输出验签通过的响应，每个一行',
  'exit 8 when nothing is found': '没有找到卡券时以 8 退出',
  'write to the terminal itself; else ALIPASS_PAGER, PAGER or less':
    '直接写到终端；否则使用 ALIPASS_PAGER、PAGER 或 less 分页',
  'table or json (default: table)': 'table 或 json（默认：table）',
  'table or ndjson (default: table)': 'table 或 ndjson（默认：table）',
  '{one} or {two}, for people: names and codes stay; ALIPASS_LANG (default: the locale’s, else en)':
    '{one} 或 {two}，供人阅读的语言，字段名和错误码不变；ALIPASS_LANG（默认：随系统区域设置，否则 en）',
  'only the answer: no counts, no spinner': '只输出结果：没有计数和进度',
  'tell each stage and its time on stderr': '在 stderr 报告每个阶段及其用时',

  // check, watch, diff
  'look again until all of it holds': '反复查询，直到全部符合',
  'with --until: how long to look again (default: {value})': '与 --until 同用：最多查询多久（默认：{value}）',
  'with --until: the pause between looks (default: {value})':
    '与 --until 同用：两次查询的间隔（默认：{value}）',
  'junit=FILE, json=FILE or github; may be repeated': 'junit=FILE、json=FILE 或 github；可重复',
  'no step summary and no annotations in GitHub Actions': '在 GitHub Actions 中不写摘要和注解',
  "such as 'count>=1', 'count(used)==0', 'pass ID is used'; may be repeated":
    "如 'count>=1'、'count(used)==0'、'pass ID is used'；可重复",
  'this pass is listed; may be repeated': '列表中有这张卡券；可重复',
  'each listed pass has it; ID=used: that pass has it': '每张卡券都是此状态；ID=used：该卡券是此状态',
  'a pass of a merchant whose name holds this is listed': '列表中有商家名称包含此文字的卡券',
  'no page takes longer, such as 800ms; retries count': '每一页都不超过此时间，如 800ms；重试计入',
  'a file of them, one a line, # for comments, or a JSON array; - reads stdin':
    '期望的文件：每行一个，# 为注释，也可以是 JSON 数组；- 表示从 stdin 读取',
  'the passes are as the API page says, field by field': '卡券的每个字段都与接口文档一致',
  'the pause between looks (default: {value})': '两次查询的间隔（默认：{value}）',
  "end with 0 when this holds, such as 'count(used)>=1'; may be repeated":
    "符合时以 0 结束，如 'count(used)>=1'；可重复",
  'end after this time: with 8 when --until does not hold, else with 0':
    '到此时间结束：--until 不符合则以 8 退出，否则以 0 退出',
  'run this in the shell for each change, which it gets as JSON on stdin':
    '每个变化都在 shell 中运行此命令，变化以 JSON 从 stdin 传入',
  'a listing as list -o json, ndjson or csv wrote it; - reads stdin':
    'list -o json、ndjson 或 csv 写出的查询结果；- 表示从 stdin 读取',
  'a later one': '较晚的一份',
  'compare listings of different users, groups or times, and such as are not whole':
    '即使用户、分组或时间不同，或结果不完整，也进行比较',

  // show, summary, explain
  'which pass, as list shows it': '哪一张卡券，用 list 显示的 ID',
  'code or sub_code of an answer, in any case; every code when left out':
    '响应的 code 或 sub_code，不分大小写；不给则列出所有错误码',

  // request, sign, verify
  'a JSON object of all parameters, signed as they stand; - reads stdin':
    '含全部参数的 JSON 对象，原样签名；- 表示从 stdin 读取',
  'a saved answer, a request’s URL or form or what alipass request wrote, or a signed text; - reads stdin':
    '保存的响应，请求的 URL、表单或 alipass request 的输出，或签过名的文本；- 表示从 stdin 读取',
  'the signature of a text': '文本的签名',
  '{kinds} (default: found out)': '{kinds}（默认：自动判断）',
  'the key to verify with (default: Alipay’s for an answer, the app’s for a request)':
    '验签用的公钥（默认：响应用支付宝公钥，请求用应用公钥）',

  // keys
  'tell what a key file holds, never the key itself': '说明密钥文件的内容，但不输出密钥本身',
  'write a key in another form, or take the public key out of a private one':
    '把密钥转换成另一种格式，或从私钥导出公钥',
  'make an app’s key pair': '生成应用的密钥对',
  'do two keys belong to one pair? exit 0 when they do, 8 when not':
    '两把密钥是否为一对？是则以 0 退出，否则以 8 退出',
  'a key or certificate, PEM or base64; - reads stdin': '密钥或证书，PEM 或 base64；- 表示从 stdin 读取',
  'another one': '另一个',
  'one base64 line, without PEM’s marks': '只有一行 base64，没有 PEM 的标记行',
  'a new file, in place of stdout; a private key is yours alone to read':
    '写入新文件，而不是 stdout；私钥只有您自己能读',
  'a directory, or what the names begin with: shop makes shop-private-key.pem (default: ./app)':
    '目录，或文件名的开头：shop 生成 shop-private-key.pem（默认：./app）',
  'of the private key: pkcs8 or pkcs1 (default: pkcs8)': '私钥格式：pkcs8 或 pkcs1（默认：pkcs8）',
  'one base64 line in a .txt file, as Alipay’s key tool': '与支付宝密钥工具一样，.txt 文件里一行 base64',

  // doctor, profile
  'look at settings and keys alone; send nothing': '只检查设置和密钥，不发送任何请求',
  'add a profile': '添加配置',
  'make a profile of what another tool keeps': '从其他工具的文件导入配置',
  'list the profiles': '列出配置',
  'show a profile, never its secrets': '显示配置，但不显示机密',
  'make a profile the current one': '设为当前配置',
  'give a profile another name': '给配置改名',
  'remove a profile; key files stay': '删除配置；密钥文件保留',
  'the profile’s name; dots and Chinese are fine': '配置的名称；可以用点和中文',
  'make it the current profile (the first one is anyway)': '设为当前配置（第一个配置自动成为当前配置）',
  'take the place of a profile of that name': '替换同名的配置',
  'the profile’s name (default: the path’s)': '配置的名称（默认：取自路径）',
  'the app, where the path does not say it': '应用的 APPID，在路径中没有时给出',
  'the gateway, where the path does not say it': '网关，在路径中没有时给出',
  'what a call would use, and where each value comes from': '调用时实际使用的设置，以及每个值的来源',
  '.alipay-sandbox.json, the key tool’s folder (应用私钥….txt), or a properties file':
    '.alipay-sandbox.json、密钥工具的文件夹（应用私钥….txt）或 properties 文件',
  'the current profile when left out': '不给则为当前配置',
  'a name that is free': '尚未使用的名称',

  // sandbox
  'serve the built-in gateway on a port, for clients of any language, until stopped':
    '在端口上运行内置网关，供任何语言的客户端调用，直到停止',
  'print passes as a file to edit and to serve with --data': '输出一份卡券文件，可编辑后用 --data 提供',
  'list what can be made to go wrong, when, and with which codes': '列出可以模拟的故障、条件和错误码',
  'show how a running sandbox stands: its time, changes and faults': '显示运行中沙箱的状态：时间、改动和故障',
  'change the status of a pass: can_use, used, expired or closed':
    '修改卡券的状态：can_use、used、expired 或 closed',
  'add a pass, or put it in the place of the one with its id': '添加一张卡券，或替换 ID 相同的卡券',
  'take a pass away': '移除一张卡券',
  'move the time that passes live by, so that they expire': '把沙箱的时间往后拨，让卡券过期',
  'put faults in the place of those in force; calls are counted anew': '替换当前的故障；调用重新计数',
  'start anew: the passes and faults of the start, and the time it is':
    '恢复初始状态：启动时的卡券和故障，时间为当前时间',
  'the running sandbox (default: ALIPASS_GATEWAY, else port {value})':
    '运行中的沙箱（默认：ALIPASS_GATEWAY，否则端口 {value}）',
  'generate so many users, from 2088100000000000 on (default: {users})':
    '生成这么多用户，从 2088100000000000 起（默认：{users}）',
  'generate so many passes for each in every group, current and past alike (default: {passes})':
    '为每个用户的每个分组生成这么多卡券，当前和失效各这么多（默认：{passes}）',
  'generate the same passes for the same number': '数字相同，生成的卡券就相同',
  'serve the passes of a JSON, NDJSON or CSV file': '提供 JSON、NDJSON 或 CSV 文件中的卡券',
  'seed of what faults leave to chance, and of generated passes': '随机故障和生成卡券的随机种子',
  'NAME[=VALUE][@CONDITION,…], may be repeated; alipass sandbox faults lists them':
    'NAME[=VALUE][@CONDITION,…]，可重复；alipass sandbox faults 列出全部故障',
  'a scenario: one fault a line, # for comments; - reads stdin':
    '故障场景：每行一个故障，# 为注释；- 表示从 stdin 读取',
  '0 takes a free one (default: {value})': '0 表示任一空闲端口（默认：{value}）',
  'also check the timestamp’s age, and refuse unknown parameters':
    '另外检查 timestamp 是否过旧，并拒绝未知参数',
  'keep changes in this file, over restarts': '把改动保存在此文件，重启后仍在',
  'append a line of JSON for each call': '每次调用追加一行 JSON',
  'write the settings there as JSON once it listens; removed at the end':
    '开始监听后把设置以 JSON 写入此文件；结束时删除',
  'print the settings of certificate mode': '输出证书模式的设置',
  'print the settings of content encryption as well': '同时输出接口内容加密的设置',
  'who holds it (required)': '持有卡券的用户（必填）',
  'card, voucher, ticket or cert (required)': 'card、voucher、ticket 或 cert（必填）',
  'card, voucher, ticket or cert: needed when the user holds the id in several':
    'card、voucher、ticket 或 cert：用户在多个分组有同一 ID 时必填',
  'end all faults': '结束所有故障',
  'can_use, used, expired or closed': 'can_use、used、expired 或 closed',
  'a pass of the user': '该用户的一张卡券',
  'the pass as JSON; - reads stdin': '卡券的 JSON；- 表示从 stdin 读取',
  'such as 90m, 36h or 7d': '如 90m、36h 或 7d',
  'as alipass sandbox faults lists them': '写法见 alipass sandbox faults',
};

/** What the example command lines do. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  'try it, without an account': '无需账号，先试一试',
  'past cards as CSV': '失效的卡，以 CSV 输出',
  'count vouchers in a script': '在脚本中统计券的张数',
  'every field of one pass': '一张卡券的全部字段',
  'what the gateway tells beside the fields; exit code 8 when there is no such pass':
    '网关另外给出的信息；没有这张卡券时以 8 退出',
  'all groups, current and past': '所有分组，当前和失效的都算',
  'one number for a script': '供脚本使用的一个数字',
  'is there a voucher? exit 0 yes, 8 no, another code: it could not be found out':
    '有券吗？有则以 0 退出，没有则以 8 退出，其他退出码表示无法确定',
  'wait until there is': '一直等到有',
  'for CI': '用于 CI',
  'a view that stays, until Ctrl-C': '持续显示，直到 Ctrl-C',
  'wait until the vouchers are gone; exit 0 they are, 8 they are not':
    '一直等到券用完；用完了以 0 退出，没有则以 8 退出',
  'keep each change': '保存每个变化',
  'what changed? exit 0 nothing, 8 something': '有什么变化？没有则以 0 退出，有则以 8 退出',
  'what changed since': '此后有什么变化',
  'what would be sent, and what is signed': '将要发送的内容，以及签名的内容',
  'send it with curl, as your profile says': '按您的配置，用 curl 发送',
  'the same call as a program for Alipay’s Java SDK; it reads the keys when it runs':
    '同一次调用，写成支付宝 Java SDK 的程序；运行时读取密钥',
  'each step of the signature of a list call, reproducibly': '一次 list 调用的签名步骤，每次结果相同',
  'sign parameters of any method': '为任意接口的参数签名',
  'is this saved answer Alipay’s? exit 0 yes, 8 no': '这份响应来自支付宝吗？是则以 0 退出，否则以 8 退出',
  'why does the gateway refuse this request? A form body may follow on further lines':
    '网关为什么拒绝这个请求？后面各行可以是表单正文',
  'any text and signature': '任意文本及其签名',
  'app-private-key.pem and app-public-key.pem, right here':
    '在当前目录生成 app-private-key.pem 和 app-public-key.pem',
  'shop-private-key.pem and its public half': 'shop-private-key.pem 及其公钥',
  'form, bits, half, fingerprint': '格式、位数、公钥或私钥、指纹',
  'with SN, issuer and days left': '另有证书 SN、颁发者和剩余天数',
  'for Java': '供 Java 使用',
  '应用公钥, as open.alipay.com takes it': '应用公钥，可直接粘贴到 open.alipay.com',
  'is this the public key that was uploaded?': '上传的是这把公钥吗？',
  'what it means, why it comes, what to do': '含义、原因和处理办法',
  'in Chinese': '用中文显示',
  'every code, on one line each': '所有错误码，每个一行',
  'what is wrong with the current profile? exit 0 nothing, 8 something':
    '当前配置有什么问题？没有则以 0 退出，有则以 8 退出',
  'how it looks when all is well': '一切正常时的样子',
  'files are read with each call, not copied': '每次调用时读取文件，并不复制',
  'a profile for Alipay’s own sandbox': '支付宝官方沙箱的配置',
  'points at the keys where they are': '直接使用原处的密钥',
  'settings as shell exports, one a line': '以 shell 的 export 输出设置，每行一个',
  'call it': '调用它',
  'with faults': '带故障运行',
  'a sample to edit': '可供编辑的样例',
  'generated passes, for a spreadsheet': '生成的卡券，供电子表格使用',
  'every fault, condition and code': '所有故障、条件和错误码',
  'cut the first call off, and refuse three of ten': '断开第一次调用，并拒绝十分之三的调用',
  'for a script': '供脚本使用',
  'use the voucher': '使用这张券',
  '{"pass_id":"1","logo_text":"…"} is enough of a pass': '{"pass_id":"1","logo_text":"…"} 就足以是一张卡券',
  'as if never given': '就像从未发放过',
  'half of the vouchers expire': '一半的券过期',
  'two faults': '两个故障',
  'between two tests': '在两次测试之间',
  'or in ~/.bashrc: source <(alipass completion bash)':
    '或在 ~/.bashrc 中写：source <(alipass completion bash)',
  'with fpath=(~/.zfunc $fpath) before compinit in ~/.zshrc':
    '并在 ~/.zshrc 的 compinit 之前写 fpath=(~/.zfunc $fpath)',
  'nothing more to do': '无需其他设置',
  'and in $PROFILE: . path\\to\\alipass.ps1': '并在 $PROFILE 中写：. path\\to\\alipass.ps1',
  command: '命令',
  'what it does': '作用',
};
