// A gateway with ready-signed answers: costs as little as a gateway can, so that clients are what is measured. A
// user's last eight digits say how many passes it holds, as in the sandbox. Prints its URL; ends with its parent.
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const fixtures = new URL('../test/fixtures/', import.meta.url);
const { platformPrivateKeyPkcs8 } = JSON.parse(readFileSync(new URL('responses.json', fixtures), 'utf8'));
const key = createPrivateKey({
  key: Buffer.from(platformPrivateKeyPkcs8, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

/** 16 digits, as those of a pass. */
const FIRST_ID = 7_000_790_000_000_000;
const ID_HOLE = '#'.repeat(16);
const PASS = Buffer.from(
  JSON.stringify({
    pass_id: ID_HOLE,
    mechant_name: '商家名称',
    logo_text: '满100减20代金券',
    second_logo_text: '全场通用，特价商品除外',
    status: 'can_use',
    start_date: '2026-01-01 00:00:00',
    end_date: '2027-01-01 00:00:00',
    gmt_create: '2025-12-31 09:30:00',
    data_info: '{"brandName":"商家名称","couponDenomination":"20.00"}',
  }),
);
const OPENING = Buffer.from('{"msg":"Success","code":"10000","pass_info_list":[');
const ENVELOPE = Buffer.from('{"alipay_user_pass_grouplist_query_response":');

/** A page of passes `first` to `end`; its node is what is signed. */
function nodeOf(first, end) {
  const passes = Buffer.alloc(Math.max(0, (end - first) * (PASS.length + 1) - 1), ',');
  for (let i = first, at = 0; i < end; i++, at += PASS.length + 1) {
    PASS.copy(passes, at);
    passes.write(String(FIRST_ID + i), at + PASS.indexOf(ID_HOLE), 'latin1');
  }
  return Buffer.concat([OPENING, passes, Buffer.from(']}')]);
}

/** What follows a node, made once for each page, so that whoever measures a listing begins with one more round. */
const endings = new Map();
function answer(first, end) {
  const node = nodeOf(first, end);
  const page = `${first}-${end}`;
  if (!endings.has(page)) {
    const signature = sign('sha256', node, key).toString('base64');
    endings.set(page, Buffer.from(`,"sign":"${signature}"}`));
  }
  return Buffer.concat([ENVELOPE, node, endings.get(page)]);
}

const HEAD_END = '\r\n\r\n';

/** An answer as it goes over the wire. */
function respond(first, end) {
  const bytes = answer(first, end);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: text/html;charset=utf-8\r\ncontent-length: ${bytes.length}`;
  return Buffer.concat([Buffer.from(head + HEAD_END), bytes]);
}

/** The short ones, which exports ask for thousands of times. */
const MOST_PASSES_KEPT = 10;
const kept = new Map();
function responseTo(body) {
  const held = numberAfter(body, 'user_id') % 1e8;
  const size = numberAfter(body, 'page_size');
  const first = Math.min(held, (numberAfter(body, 'page_num') - 1) * size);
  const end = Math.min(held, first + size);
  if (end - first > MOST_PASSES_KEPT) return respond(first, end);
  const page = `${first}-${end}`;
  if (!kept.has(page)) kept.set(page, respond(first, end));
  return kept.get(page);
}

const numberAfter = (body, name) => Number(new RegExp(`${name}%22%3A(?:%22)?(\\d+)`).exec(body)[1]);

/** Answers the requests that are whole, and returns what is left of the text. */
function answerAll(text, socket) {
  for (;;) {
    const bodyAt = text.indexOf(HEAD_END) + HEAD_END.length;
    if (bodyAt < HEAD_END.length) return text;
    const end = bodyAt + Number(/content-length: *(\d+)/i.exec(text)[1]);
    if (text.length < end) return text;
    socket.write(responseTo(text.slice(bodyAt, end)));
    text = text.slice(end);
  }
}

// Not node:http: it would take more time than some clients do.
const server = createServer({ noDelay: true }, socket => {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', piece => (text = answerAll(text + piece, socket)));
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}/gateway.do`));
process.once('disconnect', () => process.exit());
