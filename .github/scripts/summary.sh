#!/usr/bin/env bash
# What the plans below cdktf.out will do, as Markdown.
# Usage: summary.sh ENVIRONMENT
set -euo pipefail

echo "## To be applied to $1"
for stack in cdktf.out/stacks/*/; do
  printf '\n### %s\n\n' "$(basename "$stack")"
  jq --raw-output -f <(cat "$(dirname "$0")/changes.jq"; cat << 'ROWS'
| if length == 0 then "no change" else
    "| action | resource | attributes |", "| --- | --- | --- |",
    (.[] | "| \(.actions | join(", ")) | `\(.address)` | \(.attributes | join(", ")) |")
  end
ROWS
  ) "$stack/plan.json"
done
