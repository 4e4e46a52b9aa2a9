import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDotnet, formatJava, formatNode, formatPhp } from '../../src/render/request-code';
import type { FormatRequest, ShownRequest } from '../../src/render/request-form';
import { loadStyle } from '../../src/terminal/style';
import { temporaryDirectory } from '../helpers/directory';

const style = await loadStyle(false);

const REQUEST: ShownRequest = {
  gatewayUrl: 'https://openapi.alipay.com/gateway.do',
  params: {
    app_id: '2014072300007148',
    method: 'alipay.user.pass.grouplist.query',
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2014-07-24 03:07:50',
    version: '1.0',
    app_auth_token: 'a secret',
    biz_content: '{"user_id":"2088888888888888","group_type":"voucher","page_num":1}',
    sign: 'pbnM',
  },
  signedText: 'app_auth_token=a secret&app_id=2014072300007148',
  url: 'https://openapi.alipay.com/gateway.do?app_id=2014072300007148',
  contentType: 'application/x-www-form-urlencoded;charset=utf-8',
  body: 'app_auth_token=a%20secret',
  privateKey: { file: '/keys/app.pem' },
  alipayPublicKey: { variable: 'ALIPASS_ALIPAY_PUBLIC_KEY' },
  appAuthToken: { variable: 'ALIPASS_APP_AUTH_TOKEN' },
};

// These programs were compiled just as they stand here, with javac, mcs, php -l and node --check.

const JAVA = String.raw`// PassQuery.java, with Alipay's SDK: Maven com.alipay.sdk:alipay-sdk-java
import com.alipay.api.AlipayClient;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.request.AlipayUserPassGrouplistQueryRequest;
import com.alipay.api.response.AlipayUserPassGrouplistQueryResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Objects;

public class PassQuery {
    public static void main(String[] args) throws Exception {
        // The SDK takes a private key in PKCS#8 only; alipass keys convert makes that of PKCS#1.
        String privateKey = bareKey(new String(Files.readAllBytes(Paths.get("/keys/app.pem")), StandardCharsets.UTF_8));
        String alipayPublicKey = bareKey(Objects.requireNonNull(System.getenv("ALIPASS_ALIPAY_PUBLIC_KEY"), "ALIPASS_ALIPAY_PUBLIC_KEY is not set"));
        AlipayClient alipayClient = new DefaultAlipayClient("https://openapi.alipay.com/gateway.do", "2014072300007148", privateKey, "json", "utf-8", alipayPublicKey, "RSA2");
        AlipayUserPassGrouplistQueryRequest request = new AlipayUserPassGrouplistQueryRequest();
        request.setBizContent("{\"user_id\":\"2088888888888888\",\"group_type\":\"voucher\",\"page_num\":1}");
        AlipayUserPassGrouplistQueryResponse response = alipayClient.execute(request, null, Objects.requireNonNull(System.getenv("ALIPASS_APP_AUTH_TOKEN"), "ALIPASS_APP_AUTH_TOKEN is not set"));
        // isSuccess() alone is true of any answer that has no sub_code.
        if (response.isSuccess() && "10000".equals(response.getCode())) {
            System.out.println(response.getBody());
        } else {
            System.err.println(response.getBody());
            System.exit(1);
        }
    }

    private static String bareKey(String text) {
        return text.replaceAll("-----[^-]+-----|[^A-Za-z0-9+/=]", "");
    }
}
`;

const DOTNET = String.raw`// PassQuery.cs, with Alipay's SDK: NuGet AlipaySDKNet.Standard
// The SDK stamps the machine's local time, the gateway reads Beijing time: run it with TZ=Asia/Shanghai.
using System;
using System.IO;
using System.Text.RegularExpressions;
using Aop.Api;
using Aop.Api.Request;
using Aop.Api.Response;

public static class PassQuery
{
    public static int Main()
    {
        // The SDK takes a private key in PKCS#1 only; alipass keys convert makes that of PKCS#8.
        string privateKey = BareKey(File.ReadAllText("/keys/app.pem"));
        string alipayPublicKey = BareKey(Environment.GetEnvironmentVariable("ALIPASS_ALIPAY_PUBLIC_KEY") ?? throw new InvalidOperationException("ALIPASS_ALIPAY_PUBLIC_KEY is not set"));
        IAopClient client = new DefaultAopClient("https://openapi.alipay.com/gateway.do", "2014072300007148", privateKey, "json", "1.0", "RSA2", alipayPublicKey, "utf-8", false);
        AlipayUserPassGrouplistQueryRequest request = new AlipayUserPassGrouplistQueryRequest();
        request.BizContent = "{\"user_id\":\"2088888888888888\",\"group_type\":\"voucher\",\"page_num\":1}";
        AlipayUserPassGrouplistQueryResponse response = client.Execute(request, null, Environment.GetEnvironmentVariable("ALIPASS_APP_AUTH_TOKEN") ?? throw new InvalidOperationException("ALIPASS_APP_AUTH_TOKEN is not set"));
        bool success = response.Code == "10000";
        (success ? Console.Out : Console.Error).WriteLine(response.Body);
        return success ? 0 : 1;
    }

    private static string BareKey(string text)
    {
        return Regex.Replace(text, "-----[^-]+-----|[^A-Za-z0-9+/=]", "");
    }
}
`;

const PHP = String.raw`<?php
// With Alipay's SDK: the folder v2 of github.com/alipay/alipay-sdk-php-all, on the include path.
require_once 'aop/AopClient.php';
require_once 'aop/request/AlipayUserPassGrouplistQueryRequest.php';

// The SDK stamps local time, the gateway reads Beijing time.
date_default_timezone_set('Asia/Shanghai');

$client = new AopClient();
$client->gatewayUrl = 'https://openapi.alipay.com/gateway.do';
$client->appId = '2014072300007148';
// With an OpenSSL before 3.0 a private key must be PKCS#1; alipass keys convert makes that of PKCS#8.
$client->rsaPrivateKey = bareKey(fromFile('/keys/app.pem'));
$client->alipayrsaPublicKey = bareKey(fromEnvironment('ALIPASS_ALIPAY_PUBLIC_KEY'));
$client->apiVersion = '1.0';
$client->signType = 'RSA2';
$client->postCharset = 'UTF-8';
$client->format = 'json';

$request = new AlipayUserPassGrouplistQueryRequest();
$request->setBizContent('{"user_id":"2088888888888888","group_type":"voucher","page_num":1}');
$result = $client->execute($request, null, fromEnvironment('ALIPASS_APP_AUTH_TOKEN'));

$node = 'alipay_user_pass_grouplist_query_response';
$response = isset($result->$node) ? $result->$node : $result;
$success = isset($response->code) && $response->code == '10000';
fwrite($success ? STDOUT : STDERR, json_encode($response, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE) . "\n");
exit($success ? 0 : 1);

function bareKey($text)
{
    return preg_replace('~-----[^-]+-----|[^A-Za-z0-9+/=]~', '', $text);
}

function fromFile($path)
{
    $text = file_get_contents($path);
    if ($text === false) throw new RuntimeException($path . ' cannot be read');
    return $text;
}

function fromEnvironment($name)
{
    $text = getenv($name);
    if (!$text) throw new RuntimeException($name . ' is not set');
    return $text;
}
`;

const NODE = String.raw`// pass-query.mjs, with Alipay's SDK: npm install alipay-sdk@4
import { readFileSync } from "node:fs";
import { env, stdout } from "node:process";
import { AlipaySdk } from "alipay-sdk";

// The SDK stamps local time, the gateway reads Beijing time.
env.TZ = "Asia/Shanghai";

const sdk = new AlipaySdk({
  gateway: "https://openapi.alipay.com/gateway.do",
  appId: "2014072300007148",
  privateKey: bareKey(fromFile("/keys/app.pem")),
  keyType: "PKCS1", // From Node 18 on this takes PKCS#8 as well.
  alipayPublicKey: bareKey(fromEnvironment("ALIPASS_ALIPAY_PUBLIC_KEY")),
  signType: "RSA2",
  charset: "utf-8",
});
const bizContent = {
  "user_id": "2088888888888888",
  "group_type": "voucher",
  "page_num": 1
};
const result = await sdk.exec("alipay.user.pass.grouplist.query", { appAuthToken: fromEnvironment("ALIPASS_APP_AUTH_TOKEN"), bizContent }, { validateSign: true });
if (result.code !== "10000") throw new Error(JSON.stringify(result));
stdout.write(JSON.stringify(result, null, 2) + "\n");

function bareKey(text) {
  return text.replace(/-----[^-]+-----|[^A-Za-z0-9+\/=]/g, "");
}

function fromFile(path) {
  return readFileSync(path, "utf8");
}

function fromEnvironment(name) {
  if (!env[name]) throw new Error(name + " is not set");
  return env[name];
}
`;

describe('a program', () => {
  it.each([
    ['Java', formatJava, JAVA],
    ['.NET', formatDotnet, DOTNET],
    ['PHP', formatPhp, PHP],
    ['Node', formatNode, NODE],
  ])('for %s stands whole, and holds no secret', (_language, format, program) => {
    expect(format(REQUEST, style)).toBe(program);
  });

  it.each([
    ['Java', formatJava, 'alipayClient.execute(request);'],
    ['.NET', formatDotnet, 'client.Execute(request);'],
    ['PHP', formatPhp, '$client->execute($request);'],
    ['Node', formatNode, 'query", { bizContent }, {'],
  ])('for %s sends no app auth token when there is none', (_language, format, call) => {
    expect(format({ ...REQUEST, appAuthToken: undefined }, style)).toContain(call);
  });

  it.each([
    ['Java', formatJava, '"json", "GBK", alipayPublicKey'],
    ['.NET, with its code pages', formatDotnet, 'CodePagesEncodingProvider.Instance);'],
    ['.NET', formatDotnet, 'alipayPublicKey, "GBK", false)'],
    ['PHP, whose SDK refuses, as UTF-8', formatPhp, "postCharset = 'UTF-8'; // The SDK sends"],
    ['Node, whose SDK has no other, as utf-8', formatNode, 'charset: "utf-8", // The SDK knows'],
  ])('in GBK for %s', (_language, format, line) => {
    const params = { ...REQUEST.params, charset: 'GBK' };
    expect(format({ ...REQUEST, params }, style)).toContain(line);
  });
});

const NASTY = [
  '/keys/a"b\'c.pem',
  String.raw`C:\users\new\u0041\x.pem`,
  '/keys/$HOME/${x}/{$y}/#{z}.pem',
  '/keys/盒马 😀.pem',
  '/keys/?>*/--><!--.pem',
  '/keys/a\nb\tc\u2028d\u007fe.pem',
];

/** The literal that stands between `before` and `after` in the program for a key file of that name. */
function literalOf(format: FormatRequest, file: string, before: string, after: string): string {
  const program = format({ ...REQUEST, privateKey: { file } }, style);
  const start = program.indexOf(before) + before.length;
  return program.slice(start, program.indexOf(after, start));
}

describe('a file name is written as a literal', () => {
  const JSON_LIKE = [
    ['Java', formatJava, 'Paths.get(', ')), Standard'],
    ['.NET', formatDotnet, 'ReadAllText(', '));\n'],
    ['Node', formatNode, 'privateKey: bareKey(fromFile(', ')),\n'],
  ] as const;

  it.each(JSON_LIKE.flatMap(row => NASTY.map(file => [...row, file] as const)))(
    'in %s, ASCII, with the escapes that it shares with JSON (%#)',
    (_language, format, before, after, file) => {
      const literal = literalOf(format, file, before, after);
      expect(literal).toMatch(/^"[ -~]+"$/);
      expect(JSON.parse(literal)).toBe(file);
    },
  );

  it.each([
    [NASTY[0]!, String.raw`'/keys/a"b\'c.pem'`],
    [NASTY[1]!, String.raw`'C:\\users\\new\\u0041\\x.pem'`],
    ...NASTY.slice(2).map(file => [file, `'${file}'`]),
  ])('in PHP, in single quotes: %j', (file, literal) => {
    expect(literalOf(formatPhp, file!, 'rsaPrivateKey = bareKey(fromFile(', '));\n')).toBe(literal);
  });

  it.each(NASTY)('that Node’s parser takes: %j', file => {
    const path = join(temporaryDirectory(), 'program.mjs');
    writeFileSync(path, formatNode({ ...REQUEST, privateKey: { file } }, style));
    expect(spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});
