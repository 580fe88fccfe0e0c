#!/bin/sh
# All shards of a plan on this machine and on others that ssh reaches, by GNU parallel. The same command again goes on.
#   sh parallel.sh SEARCH PICTURES
set -e
search=$1 pictures=$2
shards=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).shards' "$search/plan.json")
# One process a core; with --sshlogin node1,node2 and a shared folder, on other machines too.
seq 0 $((shards - 1)) | parallel --jobs 100% --retries 3 --bar \
  npx efficientnet search run "$search" --data "$pictures" --backend wasm --quiet --shard {}
npx efficientnet search merge "$search"
