#!/usr/bin/env bash
# Plans, compares with what was reviewed, and applies, stack by stack: started again, it goes on where it stopped.
# Usage: apply.sh REVIEWED, a folder with <stack>/plan.json and <stack>/.terraform.lock.hcl
set -euo pipefail

scripts=$(dirname "$0")
for folder in cdktf.out/stacks/*/; do
  folder=${folder%/}
  stack=$(basename "$folder")
  # The very providers of the review.
  cp "$1/$stack/.terraform.lock.hcl" "$folder"
  terraform -chdir="$folder" init -input=false -lockfile=readonly
  # 0: no change, 2: changes. https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
  code=0
  terraform -chdir="$folder" plan -input=false -lock-timeout=10m -detailed-exitcode -out=plan || code=$?
  case $code in
    0) continue ;;
    2) ;;
    *) exit "$code" ;;
  esac
  terraform -chdir="$folder" show -json plan > "$folder/plan.json"
  "$scripts/same-as-reviewed.sh" "$folder/plan.json" "$1/$stack/plan.json"
  terraform -chdir="$folder" apply -input=false -lock-timeout=10m plan
done
