#!/bin/sh
# Calls the gateway with curl and openssl alone: signs a request, sends it, cuts the result node out of the answer and
# verifies Alipay's signature over it. Prints the node. Ends with 0 when the signature is right, whatever the node says.
#
#   alipass sandbox serve --port 8788 > sandbox.env &
#   . ./sandbox.env && sh docs/call-the-gateway.sh [USER [GROUP]]
#
# It reads ALIPASS_GATEWAY, ALIPASS_APP_ID, ALIPASS_PRIVATE_KEY_FILE and ALIPASS_ALIPAY_PUBLIC_KEY_FILE (both PEM).
set -eu

user=${1:-2088888888888888}
group=${2:-voucher}
: "${ALIPASS_GATEWAY:?}" "${ALIPASS_APP_ID:?}" "${ALIPASS_PRIVATE_KEY_FILE:?}" "${ALIPASS_ALIPAY_PUBLIC_KEY_FILE:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1. What is asked, and when: Beijing time, whatever zone this machine is in (POSIX counts zones the other way round).
biz_content='{"user_id":"'$user'","group_type":"'$group'","time_status":"CURRENT","page_size":100,"page_num":1}'
timestamp=$(TZ=CST-8 date '+%Y-%m-%d %H:%M:%S')

# 2. The signed text: every parameter but sign, sorted by name, joined with &, values raw. sign_type belongs to it.
text="app_id=$ALIPASS_APP_ID&biz_content=$biz_content&charset=utf-8&format=JSON"
text="$text&method=alipay.user.pass.grouplist.query&sign_type=RSA2&timestamp=$timestamp&version=1.0"

# 3. The signature: RSA with SHA-256 over the text's bytes, in base64. printf, as echo would add a line end.
sign=$(printf %s "$text" | openssl dgst -sha256 -sign "$ALIPASS_PRIVATE_KEY_FILE" | openssl base64 -A)

# 4. The query holds the parameters, charset among them, and the body biz_content; only now is anything url-encoded.
escape() { printf %s "$1" | sed 's/%/%25/g; s/+/%2B/g; s/=/%3D/g; s/&/%26/g; s/ /%20/g; s/:/%3A/g; s|/|%2F|g'; }
query="app_id=$(escape "$ALIPASS_APP_ID")&charset=utf-8&format=JSON&method=alipay.user.pass.grouplist.query"
query="$query&sign_type=RSA2&timestamp=$(escape "$timestamp")&version=1.0&sign=$(escape "$sign")"
curl -sS --fail --max-time 30 --output "$work/answer" \
  --header 'Content-Type: application/x-www-form-urlencoded;charset=utf-8' \
  --data-urlencode "biz_content=$biz_content" "$ALIPASS_GATEWAY?$query"

# 5. The answer is {"NAME_response":NODE,"sign":"…"} on one line. NODE is what was signed, byte for byte: it must be
#    cut out as it stands, never parsed and written again. (sed may add a line end, which tr takes away.)
LC_ALL=C sed 's/^{"[a-z_]*"://; s|,"sign":"[A-Za-z0-9+/=]*"}$||' "$work/answer" | tr -d '\n' > "$work/node"
LC_ALL=C sed -n 's|.*,"sign":"\([A-Za-z0-9+/=]*\)"}$|\1|p' "$work/answer" | openssl base64 -d -A > "$work/signature"

# 6. Is it Alipay's?
if ! openssl dgst -sha256 -verify "$ALIPASS_ALIPAY_PUBLIC_KEY_FILE" -signature "$work/signature" "$work/node" > /dev/null 2>&1; then
  echo 'The signature of the answer does not verify:' >&2
  cat "$work/answer" >&2
  exit 1
fi
cat "$work/node"
echo
