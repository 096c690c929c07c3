#!/usr/bin/env bash
# Plans every stack below cdktf.out with nothing but Terraform, and compares with what was reviewed. Takes no lock, for which the
# role would have to write.
# Usage: plan.sh REVIEWED, a folder with <stack>/plan.json and <stack>/.terraform.lock.hcl
set -euo pipefail

scripts=$(dirname "$0")
failed=0
for folder in cdktf.out/stacks/*/; do
  folder=${folder%/}
  stack=$(basename "$folder")
  # The very providers of the review.
  cp "$1/$stack/.terraform.lock.hcl" "$folder"
  terraform -chdir="$folder" init -input=false -lockfile=readonly
  terraform -chdir="$folder" plan -input=false -lock=false -out=plan
  terraform -chdir="$folder" show -json plan > "$folder/plan.json"
  "$scripts/same-as-reviewed.sh" "$folder/plan.json" "$1/$stack/plan.json" || failed=1
done
exit "$failed"
