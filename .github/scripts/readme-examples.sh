#!/usr/bin/env bash
# Sends the README's examples of a system to where it has been deployed. They write: never to an environment that people use.
# A second time some answer otherwise (an order is there already), so that any answer of the system's own will do.
# Usage: readme-examples.sh README.md STACK URL
set -euo pipefail

# As `eval` reads it: the folder may have a space in its name.
signed_curl=$(printf %q "$(dirname "$0")/signed-curl.sh")
stack=$2
url=${3%/}
# The stage is part of a REST API's URL, on a laptop too.
local=http://127.0.0.1:3000/$stack
case $url in */prod) local=$local/prod ;; esac

failed=0
while read -r example; do
  command=${example//"$local"/"$url"}
  # What the README quotes is shell, reviewed like this script.
  status=$(eval "${command/curl/$signed_curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}'}") || status='no answer'
  case $status in
    2?? | 404 | 409 | 412 | 422) echo "${command:0:120}: $status" ;;
    *)
      echo "::error::$stack: $command answers $status"
      failed=1
      ;;
  esac
done < <(
  # Commands of several lines become one.
  sed -n '/^```sh$/,/^```$/p' "$1" | sed -e ':a' -e '/\\$/N; s/\\\n//; ta' | grep -F "curl" | grep -F "$local/"
)
exit "$failed"
