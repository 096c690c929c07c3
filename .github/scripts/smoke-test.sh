#!/usr/bin/env bash
# Asks every route of a system that has been deployed whether it answers. It only reads: an id that nobody has, a body that is
# no JSON, an operation that does nothing. A route that asks for a token answers 401, which is an answer too.
# Usage: smoke-test.sh STACK URL
set -euo pipefail

scripts=$(dirname "$0")
stack=$1
url=${2%/}
nobody=00000000-0000-4000-8000-000000000000

# stack, method, path, body, status, text in the answer
checks="
data-api          POST    /data             no-json               400  code
data-api          GET     /data/$nobody     -                     404  code
items-api         POST    /items            no-json               400  code
items-api         GET     /items?limit=1    -                     200  items
items-api         GET     /items/$nobody    -                     404  code
items-api         PUT     /items/$nobody    no-json               400  code
items-api         DELETE  /items/$nobody    -                     404  code
dynamodb-manager  POST    /DynamoDBManager  {\"operation\":\"ping\"}  200  pong
order-api         POST    /order            {\"operation\":\"ping\"}  200  pong
"

failed=0
count=0
while read -r of method path body status text; do
  [ "$of" = "$stack" ] || continue
  count=$((count + 1))
  options=(--silent --show-error --max-time 30 --retry 3 --retry-connrefused --request "$method")
  [ "$body" = - ] || options+=(--header 'content-type: application/json' --data "$body")
  answer=$("$scripts/signed-curl.sh" "${options[@]}" --write-out '\n%{http_code}' "$url$path") || answer=$'\nno answer'
  answered=${answer##*$'\n'}
  if [ "$answered" = 401 ] || { [ "$answered" = "$status" ] && [[ ${answer%$'\n'*} == *"$text"* ]]; }; then
    echo "$method $path: $answered"
  else
    echo "::error::$stack: $method $path should answer $status with \"$text\", and answers: ${answer//$'\n'/ }"
    failed=1
  fi
done <<< "$checks"
if [ "$count" -eq 0 ]; then
  echo "::error::$stack: no route of it is known to .github/scripts/smoke-test.sh"
  exit 1
fi
exit "$failed"
