/** The sandbox: its data, its faults, and how it is steered. */
export const SANDBOX: Readonly<Record<string, string>> = {
  'Serving {says}.': '正在提供 {says}。',
  'The sandbox gateway listens at {url}; Ctrl-C stops it.': '沙箱网关正在监听 {url}；按 Ctrl-C 停止。',
  'The sandbox could not answer a call: {error}': '沙箱未能应答一次调用：{error}',
  '{count} user': '{count} 个用户',
  '{count} users': '{count} 个用户',
  '{count} pass': '{count} 张卡券',
  '{count} passes': '{count} 张卡券',
  'Serving {users}, {passes} from {path}.': '正在提供来自 {path} 的数据：{users}，{passes}。',
  '{count} users {first} to {last}, {passes} each in every group, current and past alike (seed {seed})':
    '{count} 个用户（{first} 至 {last}），每个分组各 {passes}，当前和失效都有（种子 {seed}）',
  '1 user {user}, {passes} each in every group, current and past alike (seed {seed})':
    '1 个用户（{user}），每个分组各 {passes}，当前和失效都有（种子 {seed}）',
  'a few passes for every user: the API page’s for {page}, awkward ones for {awkward}':
    '每个用户的几张卡券：{page} 为接口文档的样例，{awkward} 为各种棘手的数据',
  '--data and --users or --passes both say what is served': '--data 与 --users 或 --passes 都指定了提供什么',
  'Give the file, or how much to generate.': '请给出文件，或给出生成的数量。',
  'That makes {rows} passes; a file of {format} may hold {most}':
    '共 {rows} 张卡券；{format} 文件最多 {most} 张',
  'Ask for -o ndjson or fewer, or serve them without a file: alipass sandbox serve --users … --passes …':
    '请改用 -o ndjson 或减少数量，或不用文件直接提供：alipass sandbox serve --users … --passes …',
  'Ask for fewer, or serve them without a file: alipass sandbox serve --users … --passes …':
    '请减少数量，或不用文件直接提供：alipass sandbox serve --users … --passes …',

  // How it stands
  What: '项目',
  'How it stands': '状态',
  time: '时间',
  advanced: '已快进',
  'put or changed': '添加或修改',
  gone: '已移除',
  faults: '故障',
  '{days} days {hours} hours': '{days} 天 {hours} 小时',
  'No sandbox at {url}: {why}': '{url} 没有沙箱：{why}',
  'nothing listens there': '没有服务在监听',
  'no sandbox answers there': '没有沙箱应答',
  '`alipass sandbox serve` starts one; --gateway names it.':
    '用 `alipass sandbox serve` 启动，用 --gateway 指定。',
  'the URL of a sandbox on this machine, such as http://127.0.0.1:8788':
    '本机沙箱的 URL，如 http://127.0.0.1:8788',
  'Name faults, or give --none to end all; not both': '请给出故障，或用 --none 结束全部；不要同时给出',
  'Name the faults, or give --none to end them all': '请给出故障，或用 --none 结束全部',
  '`alipass sandbox faults` lists them.': '`alipass sandbox faults` 列出全部故障。',
  '{path} is no JSON object': '{path} 不是 JSON 对象',
  '{path} is no JSON': '{path} 不是 JSON',
  'A pass is an object such as {"pass_id":"1","logo_text":"满99减20","status":"can_use"}.':
    '卡券是这样的对象：{"pass_id":"1","logo_text":"满99减20","status":"can_use"}。',
  'The clock can’t go further ahead than {days} days in all': '时钟总共最多快进 {days} 天',
  'A reset sets it back to the start.': 'reset 可恢复到开始。',
  'User {user} holds no pass {passId} in the group {group}': '用户 {user} 的 {group} 分组没有卡券 {passId}',
  'User {user} holds no pass {passId}': '用户 {user} 没有卡券 {passId}',
  'alipass list --user {user} --group {group} shows what the user holds.':
    'alipass list --user {user} --group {group} 显示该用户的卡券。',
  'User {user} holds a pass {passId} in more than one group: {groups}':
    '用户 {user} 在多个分组有卡券 {passId}：{groups}',
  'Say which: --group {group} for the commands, "group":"{other}" in JSON.':
    '请指明分组：命令用 --group {group}，JSON 用 "group":"{other}"。',
  'There is no {method} {path}': '没有 {method} {path}',

  // Faults
  'On the answer’s way': '响应的传输',
  'In place of the answer': '代替响应',
  'The gateway says no': '网关拒绝',
  'What the answer holds': '响应的内容',
  'What proves the answer': '响应的签名',
  'Codes for code=': 'code= 可用的错误码',
  'When: FAULT@CONDITION,CONDITION; all must hold': '条件：FAULT@CONDITION,CONDITION；必须全部满足',
  'answers so much later, such as 800ms or 3s': '延迟响应，如 800ms 或 3s',
  'takes the request and never answers': '接受请求，但从不响应',
  'resets the connection before any answer': '响应之前重置连接',
  'cuts the body off after so many bytes': '发送这么多字节后截断正文',
  'sends the body at this speed': '以此速度发送正文',
  'an HTTP status from 400 to 599, without a body': '400 到 599 的 HTTP 状态码，没有正文',
  'a proxy’s page; with 200, a login page': '代理的页面；200 则为登录页面',
  'a signed refusal with one of the codes below': '以下面的某个错误码拒绝，有签名',
  'isv.app-call-limited for calls beyond so many': '超过此数的调用返回 isv.app-call-limited',
  'its clock is off by +15m or -3d: Date, timestamps': '网关时钟偏差 +15m 或 -3d：影响 Date 和时间检查',
  'pages hold at most so many, whatever page_size says': '每页最多这么多张，不管 page_size',
  'from page 2 on, sends the page before': '从第 2 页起返回前一页',
  'GBK bytes, labelled utf-8': '标为 utf-8 的 GBK 字节',
  'the signature is of something else': '签名属于别的内容',
  'no signature': '没有签名',
  'signs with SHA-1 (RSA), whatever sign_type says': '用 SHA-1（RSA）签名，不管 sign_type',
  'a forged twin, before or behind': '前面（before）或后面（behind）多一个伪造的同名节点',
  'signs with a new key; its certificate can be fetched': '用新密钥签名；其证书可以下载',
  'names a certificate that is over': '给出已过期的证书',
  'these calls, from 1 since the fault is in force': '这些次调用，从故障生效起由 1 计数',
  'calls for these pages (page_num)': '查询这些页（page_num）的调用',
  'calls for this user (user_id)': '查询此用户（user_id）的调用',
  'this share of calls, the same ones for the same seed': '这个比例的调用，种子相同则选中的相同',
  'a probability above 0 and up to 1, such as 0.3': '大于 0 且不超过 1 的概率，如 0.3',
  'a number from 1, or a range of them, such as 3, 2-5 or 4-': '从 1 起的数字或范围，如 3、2-5 或 4-',
  'a number of bytes, or half': '字节数，或 half',
  '200, or a whole number from 400 to 599': '200，或 400 到 599 的整数',
  'a sub_code that alipass sandbox faults lists': 'alipass sandbox faults 列出的 sub_code',
  'did you mean {near}?': '您是不是要找 {near}？',
  'did you mean {near} or {other}?': '您是不是要找 {near} 或 {other}？',
  'did you mean {near} or {other} or {third}?': '您是不是要找 {near}、{other} 或 {third}？',
  '{place} {name} takes no value': '{place} {name} 不带值',
  '{place} the value of {name}': '{place} {name} 的值',
  '{place} {twice} stands twice, and all conditions must hold':
    '{place} {twice} 出现了两次，而条件必须全部满足',
  '{path}: {length} faults can’t be read': '{path}：{length} 个故障无法读取',

  'The control interface is not for web pages': '控制接口不供网页使用',
  'The body is no JSON': '正文不是 JSON',
  'The body has more than {levels} levels': '正文超过 {levels} 层',
  '{where} has no member {unknown}; a {kind} has {members}':
    '{where} 没有成员 {unknown}；{kind} 的成员是 {members}',
  '{where} has no member {unknown}; an {kind} has {members}':
    '{where} 没有成员 {unknown}；{kind} 的成员是 {members}',
  '{where} has no member {unknown}; did you mean {near}? a {kind} has {members}':
    '{where} 没有成员 {unknown}；您是不是要找 {near}？{kind} 的成员是 {members}',
  '{where} has no member {unknown}; did you mean {near}? an {kind} has {members}':
    '{where} 没有成员 {unknown}；您是不是要找 {near}？{kind} 的成员是 {members}',
  'Faults are a JSON array of texts': '故障应为文字的 JSON 数组',
  'Such as ["http=503@call=1"]; `alipass sandbox faults` lists them.':
    '如 ["http=503@call=1"]；`alipass sandbox faults` 列出全部故障。',
  '{where}.{name} is required, as text': '缺少 {where}.{name}，应为文字',
  '{where} has to be an object, not {what}': '{where} 应为对象，而不是 {what}',
  'a list': '列表',
  'The body is larger than {limit} MiB.': '正文超过 {limit} MiB。',
  'The gateway is at {path}.': '网关位于 {path}。',
  'The sandbox could not answer: the fault is its own.': '沙箱未能应答：这是沙箱自身的故障。',

  // Data
  'is no CSV; CSV as RFC 4180 has it': '不是 CSV；应为 RFC 4180 的 CSV',
  'has no header; the names of fields: {fields}': '没有表头；应为字段名：{fields}',
  'begins a row with a quote that is not closed; a quote in a quoted text is doubled':
    '该行的引号没有闭合；引号内的引号要写两个',
  'begins a row with text behind a closing quote; a quote in a quoted text is doubled':
    '该行的闭合引号之后还有文字；引号内的引号要写两个',
  'begins a row with a quote inside a bare text; put the text in quotes, and double it':
    '该行不带引号的文字中有引号；请把文字放进引号，并把引号写两个',
  'has {separator} between its cells; commas, as RFC 4180 has it':
    '单元格之间是 {separator}；应为逗号（RFC 4180）',
  'field {name} stands in the header twice; once each': '表头中字段 {name} 出现两次；每个字段一次',
  'the header lacks {name}; it can’t be left out': '表头缺少 {name}；该字段必填',
  'has {cells} cells; {length}, as the header has (text with a comma stands in quotes)':
    '有 {cells} 个单元格；应与表头一致，为 {length} 个（含逗号的文字要放进引号）',
  'is empty; rows of passes as JSON, NDJSON or CSV': '为空；应为 JSON、NDJSON 或 CSV 的卡券行',
  'pass_id {id} stands in line {first} already; once for a user and group':
    'pass_id {id} 在第 {first} 行已出现；同一用户和分组只能有一次',
  'is one row too many; at most {most}': '行数超限；最多 {most} 行',
  'is no list of passes; an array of rows, or {"passes":[…]} and nothing else':
    '不是卡券列表；应为行的数组，或只有 {"passes":[…]}',
  'is no JSON; JSON as RFC 8259 has it': '不是 JSON；应为 RFC 8259 的 JSON',
  'has a word that JSON does not know; text stands in double quotes': '有 JSON 不认识的词；文字要放进双引号',
  'has a number that JSON does not know; text stands in double quotes':
    '有 JSON 不认识的数字；文字要放进双引号',
  'lacks a field name; names stand in double quotes, and no comma follows the last field':
    '缺少字段名；字段名要放进双引号，最后一个字段之后没有逗号',
  'lacks a value; no comma follows the last one': '缺少值；最后一个值之后没有逗号',
  'lacks a colon; it stands between name and value': '缺少冒号；应在字段名和值之间',
  'lacks a comma; it stands between fields and between rows': '缺少逗号；应在字段之间、行之间',
  'lacks a closing brace; every { has its }': '缺少右花括号；每个 { 都要有 }',
  'lacks a closing bracket; every [ has its ]': '缺少右方括号；每个 [ 都要有 ]',
  'goes on after its end; one array in a file, or a row a line in a file named .ndjson':
    '结束之后还有内容；一个文件一个数组，或在 .ndjson 文件中每行一个',
  'has a comment; JSON has none': '有注释；JSON 没有注释',
  'has a text without an end; a double quote ends it, a line break within is \\n':
    '文字没有结束；以双引号结束，其中的换行写作 \\n',
  'has a \\u without four hex digits; \\u4f60 is one with': '\\u 之后没有四位十六进制数字；例如 \\u4f60',
  'has a backslash before a wrong letter; a backslash itself is \\\\':
    '反斜杠之后的字母不对；反斜杠本身写作 \\\\',
  'has a control character in a text; a tab is \\t': '文字中有控制字符；制表符写作 \\t',
  'is no row; a row is an object of fields': '不是行；行是含各字段的对象',
  'field {name} stands there twice; once in a row': '字段 {name} 出现两次；每行一次',
  'is too long; at most {most} MB of JSON, or NDJSON or CSV of shorter lines':
    '过长；JSON 最多 {most} MB，或用每行较短的 NDJSON 或 CSV',
  'is not UTF-8; save the file as UTF-8 (a spreadsheet may have saved it as GBK)':
    '不是 UTF-8；请把文件存为 UTF-8（电子表格可能存成了 GBK）',
  '16 digits, beginning with 2088': '以 2088 开头的 16 位数字',
  '{field} is missing; it can’t be left out': '缺少 {field}；该字段必填',
  'there is no field {field}; The fields are {known}': '没有字段 {field}；字段有 {known}',
  'there is no field {field}; did you mean {near}? The fields are {known}':
    '没有字段 {field}；您是不是要找 {near}？字段有 {known}',
  'text of {least} to {most} characters': '{least} 到 {most} 个字符的文字',
  'text of at most {most} characters': '最多 {most} 个字符的文字',
  '{field} is a number, whose digits may get lost; {allowed}, in quotes':
    '{field} 是数字，可能丢失位数；应为{allowed}，放进引号',
  '{field} is no text; {allowed}': '{field} 不是文字；应为{allowed}',
  '{field} has {length} characters; {allowed}': '{field} 有 {length} 个字符；应为{allowed}',
  '{field} is empty; {allowed}': '{field} 为空；应为{allowed}',
  '{field} holds {name}, which the vendor’s clients read wrongly; any character but U+000B, U+000E, U+000F, U+001A to U+001F and halves of pairs':
    '{field} 含有 {name}，官方 SDK 会读错；不能用 U+000B、U+000E、U+000F、U+001A 至 U+001F 和单独的代理项',
  '{field} is a number; {allowed}, in quotes': '{field} 是数字；应为{allowed}，放进引号',
  '{field} {value} is not allowed; {allowed}': '{field} {value} 无效；应为{allowed}',
  'a Beijing time "yyyy-MM-dd HH:mm:ss", or no such field': '北京时间 "yyyy-MM-dd HH:mm:ss"，或不写该字段',
  '{field} {value} is no date that exists; {allowed}': '{field} {value} 不是存在的日期；应为{allowed}',
  'a list of shop ids, each a text of 1 to 100 characters': '门店 ID 的列表，每个为 1 到 100 个字符的文字',
  '{field} holds an id that is no text; {allowed}': '{field} 中有 ID 不是文字；应为{allowed}',
  '{field} holds an id that is empty; {allowed}': '{field} 中有 ID 为空；应为{allowed}',
  '{field} holds an id that has {length} characters; {allowed}':
    '{field} 中有 ID 有 {length} 个字符；应为{allowed}',
  '{field} holds an id that is a number, whose digits may get lost; {allowed}, in quotes':
    '{field} 中有 ID 是数字，可能丢失位数；应为{allowed}，放进引号',
  '{path} has {count} fault, so nothing of it is used': '{path} 有 {count} 处错误，因此完全不使用',
  '{path} has {count} faults, so nothing of it is used': '{path} 有 {count} 处错误，因此完全不使用',
  '{path} has {count} fault or more, so nothing of it is used':
    '{path} 至少有 {count} 处错误，因此完全不使用',
  '{path} has {count} faults or more, so nothing of it is used':
    '{path} 至少有 {count} 处错误，因此完全不使用',
  'alipass sandbox data prints a sample of such a file.': 'alipass sandbox data 输出这种文件的样例。',

  // Running
  'The sandbox’s keys can’t be written to {directory} ({code})': '沙箱的密钥无法写入 {directory}（{code}）',
  '{directory} is there, but is no whole set of sandbox keys: it lacks {missing}':
    '{directory} 已存在，但沙箱密钥不完整：缺少 {missing}',
  'Move the directory away and a new set is made, or name another place with ALIPASS_CONFIG_DIR.':
    '移走该目录即会重新生成，或用 ALIPASS_CONFIG_DIR 指定其他位置。',
  'it is in use': '已被占用',
  'it is not allowed': '没有权限',
  'Port {port} can’t be used: {why}': '端口 {port} 无法使用：{why}',
  '--port 0 takes a free port.': '--port 0 使用任一空闲端口。',
  'The state file {path} can’t be used: {why}': '状态文件 {path} 无法使用：{why}',
  'Nothing in it was changed. Name another file with --state, or move that one away to begin anew.':
    '文件未被改动。请用 --state 指定其他文件，或移走该文件重新开始。',
  'it can’t be looked at ({code})': '无法查看（{code}）',
  'it can’t be read ({code})': '无法读取（{code}）',
  'it can’t be written ({code})': '无法写入（{code}）',
  'it holds no state of a sandbox': '不是沙箱的状态',
  'another sandbox writes to it': '另一个沙箱正在写入',
};
