/** Lists of users, and exports of many of them. */
export const BULK: Readonly<Record<string, string>> = {
  // The help of export
  'Users:': '用户：',
  'Work:': '执行：',
  'list the passes of many users into one file: limited, resumable, in shards':
    '把许多用户的卡券导出到一个文件：限速、可续传、可分片',
  'user ids, if not in a file': '用户 ID（不用文件时）',
  'an id a line, or CSV with a column of them; - reads stdin':
    '每行一个用户 ID，或有一列用户 ID 的 CSV；- 表示从 stdin 读取',
  'the column of CSV with the ids (default: user_id)': 'CSV 中用户 ID 的列（默认：user_id）',
  'the i-th of n parts of the users, from 1/n; default: by JOB_COMPLETION_INDEX and JOB_COMPLETIONS':
    '用户分成 n 份中的第 i 份，从 1/n 起；默认取自 JOB_COMPLETION_INDEX 和 JOB_COMPLETIONS',
  '{times} (default: current); both with a comma between': '{times}（默认：current）；两者都要时用逗号隔开',
  'users that are listed at a time (default: {value})': '同时查询的用户数（默认：{value}）',
  'calls a second, at most; the gateway’s own limit is kept to by itself':
    '每秒最多调用几次；网关自身的限制会自动遵守',
  'continue or stop when a user fails (default: continue)':
    '有用户失败时继续（continue）还是停止（stop）（默认：continue）',
  'begin anew, without what an earlier run has done': '重新开始，不用上次已完成的部分',
  'the file to write, with a journal beside it: the same command goes on after any end':
    '要写入的文件，旁边有日志：无论如何中断，同一命令可继续',
  'the file to write, with a journal beside it (required)': '要写入的文件，旁边有日志（必填）',
  'users that failed, for --users (default: beside the output)':
    '失败的用户，可供 --users 使用（默认：在输出文件旁）',
  'how far it is, as JSON for programs, every second': '进度，每秒以 JSON 写出，供程序读取',
  'two users to stdout, without an account': '把两个用户写到 stdout，无需账号',
  'who still holds a voucher that ends this week; stop it as you like, the same command goes on':
    '谁还有本周到期的券；可随时停止，同一命令会继续',
  'once more, those who failed: asked the same, so that merge joins the two':
    '再试一次失败的用户：查询条件相同，merge 才能合并两次的输出',
  'join the outputs of shards, or of users once more, and tell what is missing':
    '合并各分片或重试的输出，并说明缺少什么',
  'files that export --output wrote, with their journals': 'export --output 写出的文件，旁边要有日志',
  'exit 0: every shard and every user is there; 9: what is missing is told':
    '以 0 退出：所有分片和用户都齐了；9：说明缺少什么',

  // Lists of users
  'a part and how many there are, from 1/1 to {most}': '第几份和总份数，从 1/1 到 {most}',
  'The list of users is no CSV in line {line}: {message}': '用户列表第 {line} 行不是 CSV：{message}',
  '{name} is no list of user ids: {most} of its lines hold none':
    '{name} 不是用户 ID 的列表：有 {most} 行没有用户 ID',
  '{name} is no list of user ids: it has a line of more than {most} characters':
    '{name} 不是用户 ID 的列表：有一行超过 {most} 个字符',
  'A list of users has an id a line, or is CSV with a header and the ids in the column user_id, or that of --users-column.':
    '用户列表每行一个 ID，或是带表头的 CSV，ID 在 user_id 列或 --users-column 指定的列。',
  '{name} holds no user id: 16 digits that begin with 2088': '{name} 中没有用户 ID：以 2088 开头的 16 位数字',
  'line {line} has {text}': '第 {line} 行是 {text}',
  '{name} has no column {column}; its header has {shown}': '{name} 没有 {column} 列；表头有 {shown}',
  '{name} is not in {encoding}': '{name} 不是 {encoding} 编码',
  'Try --users-encoding {encoding}.': '请试试 --users-encoding {encoding}。',
  '{one} and {two} both name {path}': '{one} 和 {two} 指的是同一个文件 {path}',
  'What is written takes the place of what was there: name another --output.':
    '写入的内容会取代原有文件：请换一个 --output。',
  'Users stand in --users and as arguments: say them once': '--users 和参数都给出了用户：请只给一次',
  '--users is required: a file of user ids, or - for stdin': '缺少 --users：用户 ID 的文件，- 表示 stdin',
  'A few users may stand as arguments: alipass export 2088… 2088… --group voucher.':
    '少量用户可以直接写成参数：alipass export 2088… 2088… --group voucher。',
  '{count} lines repeat a user; each is listed once': '{count} 行的用户有重复；每个用户只查询一次',
  'Not a user id in {name}: {first}': '{name} 中不是用户 ID：{first}',
  'all stand in {path}': '全部写在 {path}',
  'If it is CSV, --users-column says which of its columns has the ids: {names}.':
    '如果是 CSV，请用 --users-column 指明用户 ID 所在的列：{names}。',
  'Lines of {name} without a user id: {count}': '{name} 中没有用户 ID 的行：{count}',
  'All others are done. A user id has 16 digits and begins with 2088.':
    '其他用户都已完成。用户 ID 为以 2088 开头的 16 位数字。',

  // Running
  '--expand makes columns of what the passes hold, which CSV must know before the first of them':
    '--expand 按卡券的内容生成列，而 CSV 必须事先知道有哪些列',
  '--no-header is for csv, not for {format}': '--no-header 用于 csv，不用于 {format}',
  '{count} of {users} users are done': '{users} 个用户中已完成 {count} 个',
  '{count} of {users} users of shard {shard} are done': '分片 {shard} 的 {users} 个用户中已完成 {count} 个',
  'with --output it could go on from there': '使用 --output 则可以从这里继续',
  '{count} of {users} users failed': '{users} 个用户中有 {count} 个失败',
  'They stand in {path}: export them with --users, the same query and another --output; alipass export merge joins the two.':
    '失败的用户写在 {path}：请用 --users、相同的查询条件和另一个 --output 再次导出；alipass export merge 合并两次的输出。',
  'With --failures FILE they are kept for --users.': '用 --failures FILE 可保存下来供 --users 使用。',
  '{path} is no journal of this alipass’s export': '{path} 不是这个 alipass 的导出日志',
  '--restart begins the export anew, without what was done so far.':
    '用 --restart 重新导出，不用已完成的部分。',
  '--restart begins the export anew.': '用 --restart 重新导出。',
  'Another export writes there: process {pid} on {host} holds {path}':
    '另一个导出正在写入：{host} 上的进程 {pid} 占用 {path}',
  'Wait until it ends. If it ended on another machine, remove that file.':
    '请等它结束。如果它在另一台机器上已经结束，请删除该文件。',
  '{path} is shorter than its journal says: it was changed': '{path} 比日志所记的短：它被改动过',
  '{path} has {size} bytes, where its journal counts {end}: rows are gone':
    '{path} 有 {size} 字节，而日志记到 {end}：有些行丢失了',
  '{output} and what stands beside it can’t be written: {reason}':
    '{output} 及其旁边的文件无法写入：{reason}',
  'Another export was begun in {output} and is not finished': '{output} 中另有一个导出尚未完成',
  'Finish that one with what it began with, choose another --output, or begin anew with --restart.':
    '请按它开始时的参数完成它，或换一个 --output，或用 --restart 重新开始。',
  '{name} was {before}, and is {after} now': '{name} 原为 {before}，现为 {after}',
  '(not given)': '（未给出）',
  'app id': 'APPID',
  'app auth token': '应用授权令牌',
  'a list of SHA-256 {digest}': 'SHA-256 为 {digest} 的列表',

  // Merging
  '{path} has no journal beside it: {journal}': '{path} 旁边没有日志：{journal}',
  'Parts are what alipass export --output wrote, with the journals that it left there.':
    '各部分应为 alipass export --output 写出的文件，旁边有它留下的日志。',
  '{path} and {other} were not asked the same': '{path} 和 {other} 查询的内容不同',
  '{name} was {first} for the one, and {other} for the other': '{name} 前者为 {first}，后者为 {other}',
  'Export one of them again with the query of the other; only its users may be others.':
    '请用其中一个的查询条件重新导出另一个；只有用户可以不同。',
  'named once': '只能给一次',
  'another file than the parts': '与各部分不同的文件',
  '{path} is not finished: run its command again': '{path} 尚未完成：请再次运行它的命令',
  'no part is shard {shard}': '没有分片 {shard}',
  '{named}, and {more} more of {list}': '{named} 等，另有 {more} 个，属于 {list}',
  '--shard in the journal of {path}': '{path} 的日志中的 --shard',
  'users that failed and are done in no part: {count}': '失败且在各部分中都没有完成的用户：{count}',
  '{output} is not whole': '{output} 不完整',
  '{path} has the users that failed: export them once more, and merge that as well.':
    '{path} 是失败的用户：请再次导出，并一起合并。',
  'What is there is written; merge again once the rest is there.': '已有的部分已写入；其余齐备后请再次合并。',
  'None of the parts is finished': '没有一个部分已完成',
  'Run their commands again: each goes on where it was.': '请再次运行它们的命令：每个都会从中断处继续。',
  'the same command goes on from there': '同一命令会从这里继续',
  'Not a user id in {name}: {first}, and {count} more': '{name} 中不是用户 ID：{first} 等，另有 {count} 个',
};
