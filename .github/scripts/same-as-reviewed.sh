#!/usr/bin/env bash
# Ends with 1 where a plan does something that was not reviewed. Less than that is a deployment that goes on where it stopped: an
# update that is done, a replacement of which one half is left.
# Usage: same-as-reviewed.sh PLAN.json REVIEWED.json
set -euo pipefail

changes="$(dirname "$0")/changes.jq"
more=$(jq --null-input --raw-output \
  --argjson now "$(jq -f "$changes" "$1")" \
  --argjson reviewed "$(jq -f "$changes" "$2")" \
  '$now[] as $one
  | select(any($reviewed[]; .address == $one.address and $one.actions - .actions == [] and $one.attributes - .attributes == []) | not)
  | $one | "\(.actions | join(", ")) \(.address) \(.attributes | join(", "))"')
if [ -n "$more" ]; then
  echo "::error::$1 does what nobody reviewed: run the plan workflow on main, read its summary, then run this deployment again"
  echo "$more"
  exit 1
fi
