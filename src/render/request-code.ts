import { parseCharset } from '../protocol/charset';
import { responseNodeName } from '../protocol/api';
import type { FormatRequest, SecretSource } from './request-form';

// Whole programs around Alipay's SDKs, as on the tabs of the API page. They sign when they run, so they hold no
// key and no token, only where to find them. Comments hold no values: a path with \u or ?> in it would end them.

/** What is left when this is cut out of a PEM file, or of a bare key, is the base64 that the SDKs want. */
const NOT_BASE64 = '-----[^-]+-----|[^A-Za-z0-9+/=]';

/** A program for alipay-sdk-java, Java 8 and later. */
export const formatJava: FormatRequest = ({ gatewayUrl, params, ...secrets }) => {
  const args = [
    text(gatewayUrl),
    text(params['app_id']!),
    'privateKey',
    '"json"',
    text(params['charset']!),
    'alipayPublicKey',
    text(params['sign_type']!),
  ];
  const token = secrets.appAuthToken ? `, null, ${javaSecret(secrets.appAuthToken)}` : '';
  return `// PassQuery.java, with Alipay's SDK: Maven com.alipay.sdk:alipay-sdk-java
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
        String privateKey = bareKey(${javaSecret(secrets.privateKey)});
        String alipayPublicKey = bareKey(${javaSecret(secrets.alipayPublicKey)});
        AlipayClient alipayClient = new DefaultAlipayClient(${args.join(', ')});
        AlipayUserPassGrouplistQueryRequest request = new AlipayUserPassGrouplistQueryRequest();
        request.setBizContent(${text(params['biz_content']!)});
        AlipayUserPassGrouplistQueryResponse response = alipayClient.execute(request${token});
        // isSuccess() alone is true of any answer that has no sub_code.
        if (response.isSuccess() && "10000".equals(response.getCode())) {
            System.out.println(response.getBody());
        } else {
            System.err.println(response.getBody());
            System.exit(1);
        }
    }

    private static String bareKey(String text) {
        return text.replaceAll("${NOT_BASE64}", "");
    }
}
`;
};

function javaSecret(source: SecretSource): string {
  return 'file' in source
    ? `new String(Files.readAllBytes(Paths.get(${text(source.file)})), StandardCharsets.UTF_8)`
    : `Objects.requireNonNull(System.getenv("${source.variable}"), "${source.variable} is not set")`;
}

/** A program for AlipaySDKNet.Standard, C# 7 and later. */
export const formatDotnet: FormatRequest = ({ gatewayUrl, params, ...secrets }) => {
  const args = [
    text(gatewayUrl),
    text(params['app_id']!),
    'privateKey',
    '"json"',
    '"1.0"',
    text(params['sign_type']!),
    'alipayPublicKey',
    text(params['charset']!),
    'false',
  ];
  const token = secrets.appAuthToken ? `, null, ${dotnetSecret(secrets.appAuthToken)}` : '';
  const provider = isUtf8(params['charset']!)
    ? ''
    : `        // .NET knows this charset only with its code pages; .NET Framework does without this line.
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
`;
  return `// PassQuery.cs, with Alipay's SDK: NuGet AlipaySDKNet.Standard
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
${provider}        // The SDK takes a private key in PKCS#1 only; alipass keys convert makes that of PKCS#8.
        string privateKey = BareKey(${dotnetSecret(secrets.privateKey)});
        string alipayPublicKey = BareKey(${dotnetSecret(secrets.alipayPublicKey)});
        IAopClient client = new DefaultAopClient(${args.join(', ')});
        AlipayUserPassGrouplistQueryRequest request = new AlipayUserPassGrouplistQueryRequest();
        request.BizContent = ${text(params['biz_content']!)};
        AlipayUserPassGrouplistQueryResponse response = client.Execute(request${token});
        bool success = response.Code == "10000";
        (success ? Console.Out : Console.Error).WriteLine(response.Body);
        return success ? 0 : 1;
    }

    private static string BareKey(string text)
    {
        return Regex.Replace(text, "${NOT_BASE64}", "");
    }
}
`;
};

function dotnetSecret(source: SecretSource): string {
  return 'file' in source
    ? `File.ReadAllText(${text(source.file)})`
    : `Environment.GetEnvironmentVariable("${source.variable}") ?? throw new InvalidOperationException("${source.variable} is not set")`;
}

/**
 * A program for alipay-sdk-php-all, PHP 5.6 and later. The charset is always UTF-8: the SDK takes ASCII
 * parameters for UTF-8, and refuses to send them under another name (AopClient.php, setupCharsets, execute).
 */
export const formatPhp: FormatRequest = ({ gatewayUrl, params, ...secrets }) => {
  const token = secrets.appAuthToken ? `, null, ${phpSecret(secrets.appAuthToken)}` : '';
  return `<?php
// With Alipay's SDK: the folder v2 of github.com/alipay/alipay-sdk-php-all, on the include path.
require_once 'aop/AopClient.php';
require_once 'aop/request/AlipayUserPassGrouplistQueryRequest.php';

// The SDK stamps local time, the gateway reads Beijing time.
date_default_timezone_set('Asia/Shanghai');

$client = new AopClient();
$client->gatewayUrl = ${phpText(gatewayUrl)};
$client->appId = ${phpText(params['app_id']!)};
// With an OpenSSL before 3.0 a private key must be PKCS#1; alipass keys convert makes that of PKCS#8.
$client->rsaPrivateKey = bareKey(${phpSecret(secrets.privateKey)});
$client->alipayrsaPublicKey = bareKey(${phpSecret(secrets.alipayPublicKey)});
$client->apiVersion = '1.0';
$client->signType = ${phpText(params['sign_type']!)};
$client->postCharset = 'UTF-8';${isUtf8(params['charset']!) ? '' : ' // The SDK sends this request in no other charset.'}
$client->format = 'json';

$request = new AlipayUserPassGrouplistQueryRequest();
$request->setBizContent(${phpText(params['biz_content']!)});
$result = $client->execute($request${token});

$node = '${responseNodeName(params['method']!)}';
$response = isset($result->$node) ? $result->$node : $result;
$success = isset($response->code) && $response->code == '10000';
fwrite($success ? STDOUT : STDERR, json_encode($response, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE) . "\\n");
exit($success ? 0 : 1);

function bareKey($text)
{
    return preg_replace('~${NOT_BASE64}~', '', $text);
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
};

function phpSecret(source: SecretSource): string {
  return 'file' in source ? `fromFile(${phpText(source.file)})` : `fromEnvironment('${source.variable}')`;
}

/** Single quotes, in which PHP looks for nothing but these two: no variables, no other escapes. */
function phpText(value: string): string {
  return `'${value.replace(/[\\']/g, String.raw`\$&`)}'`;
}

/** A program for alipay-sdk 4, an ES module. The charset is always utf-8, the only one that the SDK knows. */
export const formatNode: FormatRequest = ({ gatewayUrl, params, ...secrets }) => {
  const token = secrets.appAuthToken ? `appAuthToken: ${nodeSecret(secrets.appAuthToken)}, ` : '';
  return `// pass-query.mjs, with Alipay's SDK: npm install alipay-sdk@4
import { readFileSync } from "node:fs";
import { env, stdout } from "node:process";
import { AlipaySdk } from "alipay-sdk";

// The SDK stamps local time, the gateway reads Beijing time.
env.TZ = "Asia/Shanghai";

const sdk = new AlipaySdk({
  gateway: ${text(gatewayUrl)},
  appId: ${text(params['app_id']!)},
  privateKey: bareKey(${nodeSecret(secrets.privateKey)}),
  keyType: "PKCS1", // From Node 18 on this takes PKCS#8 as well.
  alipayPublicKey: bareKey(${nodeSecret(secrets.alipayPublicKey)}),
  signType: ${text(params['sign_type']!)},
  charset: "utf-8",${isUtf8(params['charset']!) ? '' : ' // The SDK knows no other charset.'}
});
const bizContent = ${JSON.stringify(JSON.parse(params['biz_content']!), null, 2)};
const result = await sdk.exec("${params['method']}", { ${token}bizContent }, { validateSign: true });
if (result.code !== "10000") throw new Error(JSON.stringify(result));
stdout.write(JSON.stringify(result, null, 2) + "\\n");

function bareKey(text) {
  return text.replace(/${NOT_BASE64.replace('/', String.raw`\/`)}/g, "");
}

function fromFile(path) {
  return readFileSync(path, "utf8");
}

function fromEnvironment(name) {
  if (!env[name]) throw new Error(name + " is not set");
  return env[name];
}
`;
};

function nodeSecret(source: SecretSource): string {
  return 'file' in source ? `fromFile(${text(source.file)})` : `fromEnvironment("${source.variable}")`;
}

/**
 * A string literal of Java, C# and JavaScript: JSON's escapes, and \uXXXX for all that is not ASCII, as a
 * compiler may read its source in any charset.
 */
function text(value: string): string {
  return JSON.stringify(value).replace(/[^ -~]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isUtf8(label: string): boolean {
  return parseCharset(label) === 'utf-8';
}
