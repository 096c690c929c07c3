# The changes of a plan, as `terraform show -json` prints it, without their values: address, actions and, of an update, the
# attributes that change; of a replacement, those that force it. Two plans with the same list do the same.
def unknown: [.. | select(. == true)] | length > 0;

def changed:
  .before as $before | .after as $after | (.after_unknown // {}) as $unknown
  | if ($before | type) == "object" and ($after | type) == "object" then
      [ ($after | keys), ($unknown | keys) | .[] ] | unique
      | map(select($before[.] != $after[.] or ($unknown[.] | unknown)))
    else [] end;

def attributes:
  if (.actions | index("create") and index("delete")) then [.replace_paths[]? | map(tostring) | join(".")] | sort
  elif .actions == ["update"] then changed
  else [] end;

[ .resource_changes[]?
  | select(.mode == "managed" and .change.actions != ["no-op"])
  | { address, deposed, actions: .change.actions, attributes: (.change | attributes) } ]
| sort_by(.address, .deposed)
