/** Lists of users, and what is done with many of them. */
export const BULK: Readonly<Record<string, string>> = {
  'a part and how many there are, from 1/1 to {most}': '第几份和总份数，从 1/1 到 {most}',
  'The list of users is no CSV in line {line}: {message}': '用户列表第 {line} 行不是 CSV：{message}',
  '{name} is no list of user ids: {most} of its lines hold none':
    '{name} 不是用户 ID 的列表：有 {most} 行没有用户 ID',
  'A list of users has an id a line, or is CSV with a header and the ids in the column user_id, or that of --users-column.':
    '用户列表每行一个 ID，或是带表头的 CSV，ID 在 user_id 列或 --users-column 指定的列。',
  '{name} holds no user id: 16 digits that begin with 2088': '{name} 中没有用户 ID：以 2088 开头的 16 位数字',
  'line {line} has {text}': '第 {line} 行是 {text}',
  '{name} has no column {column}; its header has {shown}': '{name} 没有 {column} 列；表头有 {shown}',
  '{name} is not in {encoding}': '{name} 不是 {encoding} 编码',
  'Try --users-encoding {encoding}.': '请试试 --users-encoding {encoding}。',
};
