/** The frame of an error, and what is wrong with a command line or a file that it names. */
export const COMMAND_LINE: Readonly<Record<string, string>> = {
  // The frame
  error: '错误',
  try: '建议',
  warning: '警告',
  'trace id {id}': '链路追踪 ID：{id}',
  'Nothing proves that this is the gateway’s word: unverified.': '未经验签，无法证明这是网关的答复。',
  'alipass explain {code} tells more.': '详情见 alipass explain {code}。',
  'alipass failed in a way it should not: {message}': 'alipass 出现了不应有的故障：{message}',
  'Please report it, with the command and what ALIPASS_DEBUG=1 adds.':
    '请报告此问题，附上命令和设置 ALIPASS_DEBUG=1 后的输出。',
  Interrupted: '已中断',
  Terminated: '已终止',

  // Commander
  'Unknown option {flag}': '未知的选项 {flag}',
  'Unknown command {name}': '未知的命令 {name}',
  'Missing required argument {name}': '缺少参数 {name}',
  'Option {flag} argument missing': '选项 {flag} 缺少值',
  'Too many arguments for {command}. Expected {count} arguments but got {given}.':
    '{command} 的参数太多：应有 {count} 个，给出了 {given} 个。',
  'Too many arguments for {command}. Expected {count} argument but got {given}.':
    '{command} 的参数太多：应有 {count} 个，给出了 {given} 个。',
  'Did you mean one of {words}?': '您是不是要找 {words} 之一？',
  'Did you mean {near}?': '您是不是要找 {near}？',
  'Did you mean {near} or {other}?': '您是不是要找 {near} 或 {other}？',
  'Did you mean {near} or {other} or {third}?': '您是不是要找 {near}、{other} 或 {third}？',
  '{program} --help shows what there is.': '{program} --help 列出全部用法。',

  // Values
  '{where} is required: {allowed}': '缺少 {where}：{allowed}',
  '{where} {value} must be {allowed}': '{where} {value} 无效，应为{allowed}',
  '--{name} is required': '缺少 --{name}',
  'one of {allowed}': '以下之一：{allowed}',
  'one or more of {allowed}, with commas between': '以下一个或多个，以逗号分隔：{allowed}',
  'a whole number from {least} to {most}': '{least} 到 {most} 的整数',
  'a time such as 800ms, 15s or 2m, at most 1h': '时间，如 800ms、15s 或 2m，最长 1h',
  'a time such as 90m, 36h or 7d, at most 3650d': '时间，如 90m、36h 或 7d，最长 3650d',
  'a time with its sign, such as +15m, -2h or +3d, at most 3650d':
    '带正负号的时间，如 +15m、-2h 或 +3d，最长 3650d',
  'a Beijing time such as "2026-11-23 12:00:00"': '北京时间，如 "2026-11-23 12:00:00"',
  'a Beijing date or time such as 2026-12-01 or "2026-12-01 18:00:00"':
    '北京时间的日期或时间，如 2026-12-01 或 "2026-12-01 18:00:00"',
  'the path of a file, or - for stdout': '文件的路径，- 表示 stdout',
  'the path of a new file': '新文件的路径',
  'no empty text': '不为空的文字',
  'an Alipay id of 16 digits that begins with 2088': '以 2088 开头的 16 位支付宝 ID',
  'an Alipay id of 16 digits that begins with 2088 (this has {length})':
    '以 2088 开头的 16 位支付宝 ID（给出的有 {length} 位）',
  '16 digits that begin with 2088': '以 2088 开头的 16 位数字',
  'the six digits of a city (GB/T 2260), such as 320100': '城市的 6 位代码（GB/T 2260），如 320100',
  'fields with commas between, - before one for descending: end_date,-gmt_create':
    '以逗号分隔的字段，前面加 - 表示降序：end_date,-gmt_create',
  'fields with commas between: {fields}, {inside}': '以逗号分隔的字段：{fields}, {inside}',
  'used with --shops and --city: the gateway lists shops only then':
    '与 --shops 和 --city 同用：只有这样网关才列出门店',
  'text, as list shows it': '文字，用 list 显示的 ID',
  'The id of the pass': '卡券的 ID',
  'utf-8, GBK or gb2312': 'utf-8、GBK 或 gb2312',

  // Query
  '--shops needs the six digits of a city, such as --city 320100':
    '--shops 需要城市的 6 位代码，如 --city 320100',
  '--user and --group are required: whose passes, and which of {groups}':
    '缺少 --user 和 --group：查询谁的卡券，以及哪个分组（{groups}）',
  'For example --user 2088888888888888 --group voucher.': '例如 --user 2088888888888888 --group voucher。',
  '--query can’t be answered: {message}': '--query 无法执行：{message}',
  '--query is not JMESPath: {what}': '--query 不是 JMESPath：{what}',
  '--query has no function {text}': '--query 没有函数 {text}',
  'it ends too early': '意外结束',
  '{message}, at character {at}: {text}': '{message}，第 {at} 个字符处：{text}',
  "jmespath.org has a tutorial; texts stand in single quotes: [?status=='can_use'].pass_id":
    "教程见 jmespath.org；文字要用单引号：[?status=='can_use'].pass_id",

  // Output
  '{flag} is for CSV: add -o csv': '{flag} 用于 CSV：请加上 -o csv',
  '{flag} is for tables; {format} cuts nothing': '{flag} 用于表格；{format} 不会截断',
  '{flag} is for table and csv, not for {format}': '{flag} 用于 table 和 csv，不用于 {format}',
  '{flag} and --columns both choose what is shown: let the query do it, as in [].{id: pass_id}':
    '{flag} 和 --columns 都决定显示什么：请写在查询里，如 [].{id: pass_id}',
  '{flag} prints answers as they came, so --{name} does not go with it':
    '{flag} 原样输出响应，不能与 --{name} 同用',
  '{flag} prints lines of JSON: leave --format {format} out, or say ndjson':
    '{flag} 输出 JSON 行：请去掉 --format {format}，或改为 ndjson',
  '{flag} prints answers as they came, so --no-header does not go with it':
    '{flag} 原样输出响应，不能与 --no-header 同用',
  '{characters} in {where} have no code in {encoding} and stand as {stand}.':
    '{where}中的{characters}在 {encoding} 中没有编码，写为 {stand}。',
  '{characters} in {where} has no code in {encoding} and stands as {stand}.':
    '{where}中的{characters}在 {encoding} 中没有编码，写为 {stand}。',
  '{characters} in {where} have no code in gbk and stand as {stand}; --encoding gb18030 has all of Unicode.':
    '{where}中的{characters}在 gbk 中没有编码，写为 {stand}；--encoding gb18030 支持全部 Unicode。',
  '{characters} in {where} has no code in gbk and stands as {stand}; --encoding gb18030 has all of Unicode.':
    '{where}中的{characters}在 gbk 中没有编码，写为 {stand}；--encoding gb18030 支持全部 Unicode。',
  '{count} character': '{count} 个字符',
  '{count} characters': '{count} 个字符',
  '{count} row': '{count} 行',
  '{count} rows': '{count} 行',
  'The output can’t be written: {reason}': '输出无法写入：{reason}',
  'The pager {command} can’t be run': '分页程序 {command} 无法运行',
  'Set ALIPASS_PAGER to another one, or use --no-pager.':
    '请把 ALIPASS_PAGER 设为其他程序，或使用 --no-pager。',

  // Files
  '{path} is larger than {mostBytes} bytes, which is as much as can be read of it':
    '{path} 超过 {mostBytes} 字节，这是能读取的上限',
  '{what} - and {flag} - both read stdin, which can’t be read twice':
    '{what} - 和 {flag} - 都从 stdin 读取，而 stdin 不能读两次',
  'Give one of them as a file.': '请把其中一个改为文件。',
  'there is no such file': '没有这个文件',
  'there is no such directory': '没有这个目录',
  'there is no such file or folder': '没有这个文件或文件夹',
  'it is a directory': '这是一个目录',
  'a part of the path is no directory': '路径中有一段不是目录',
  'you may not write there': '没有写入权限',
  'you may not read it': '没有读取权限',
  'the disk is full': '磁盘已满',
  'the disk quota is used up': '磁盘配额已用完',
  'the file system is read-only': '文件系统是只读的',
  '{path} can’t be read: {reason}': '{path} 无法读取：{reason}',
  'The file {path} can’t be written: {why}': '文件 {path} 无法写入：{why}',
  'There is a file {path} already': '文件 {path} 已存在',
  'Nothing was overwritten. Choose another name, or move that file away first.':
    '没有覆盖任何文件。请换个名称，或先移走该文件。',
  'the command line': '命令行',

  // check, watch, diff
  '--until does not go with --replay': '--until 不能与 --replay 同用',
  'Leave it out: what was recorded does not change.': '请去掉它：录下的内容不会变化。',
  '--{stray} says how long to look: it needs --until': '--{stray} 说的是查询多久：需要 --until',
  '{text} does not go with --replay': '{text} 不能与 --replay 同用',
  'A recording does not keep how long each answer took.': '录制文件不保存每个响应的用时。',
  'used in GitHub Actions: GITHUB_STEP_SUMMARY is not set here':
    '在 GitHub Actions 中使用：这里没有设置 GITHUB_STEP_SUMMARY',
  '--report github and --no-github contradict each other': '--report github 与 --no-github 互相矛盾',
  'junit=FILE, json=FILE or github': 'junit=FILE、json=FILE 或 github',
  'a file with an expectation in it': '含有期望的文件',
  "what is to hold, such as --expect 'count>=1'": "期望什么，如 --expect 'count>=1'",
  'an expectation: {forms}': '期望：{forms}',
  'valid JSON: ["count>=1"]': '有效的 JSON：["count>=1"]',
  'an expectation as text, such as "count>=1"': '文字形式的期望，如 "count>=1"',
  '{where}, entry {count}': '{where} 第 {count} 项',
  'Both listings are -: stdin can’t be read twice': '两份结果都是 -：stdin 不能读两次',
  '{where} has no passes.': '{where} 中没有卡券。',
  '--force compares them all the same.': '--force 可以强行比较。',
  '{where} is not whole (stopped_because: {reason})': '{where} 不完整（stopped_because：{reason}）',
  '{why}: passes that are missing would count as removed': '{why}：缺少的卡券会被当作已移除',
  'The listings differ in {name}: {first} in {where}, {second} in {other}':
    '两份结果的 {name} 不同：{where} 中为 {first}，{other} 中为 {second}',
  'its schema is {schema}, not {wanted}': '其 schema 是 {schema}，不是 {wanted}',
  '{where}, pass {count}': '{where} 第 {count} 张卡券',
  'it is no JSON and no CSV: {message}': '既不是 JSON 也不是 CSV：{message}',
  '{stranger} is no field of a pass': '{stranger} 不是卡券的字段',
  'it is no JSON: {message}': '不是 JSON：{message}',
  'it is no object': '不是对象',
  'there is no pass_id, by which passes are compared': '没有 pass_id，无法比较',
  'pass {id} is there already': '卡券 {id} 已出现过',
  '{where} is not a saved listing: {says}': '{where} 不是保存的查询结果：{says}',
  'Save one with alipass list -o json, ndjson or csv.': '请用 alipass list -o json、ndjson 或 csv 保存。',
  'The command of --on-change ended with {code}': '--on-change 的命令以 {code} 结束',
  'The command of --on-change was ended after {seconds} s': '--on-change 的命令超过 {seconds} 秒，已终止',

  // explain
  'There is no explanation of code {text}': '没有错误码 {text} 的解释',
  'alipass explain lists every code.': 'alipass explain 列出所有错误码。',
  'Not met yet: {verdicts}.': '尚未符合：{verdicts}。',
};
