#!/bin/sh
# The grid of alpha, beta, gamma on drawn pictures, around the small EfficientNetV2. Run it again to go on.
#   sh packages/search/examples/grid/run.sh [FOLDER]
set -e
cd "$(dirname "$0")/../../../.."
folder=${1:-grid-search}
source="node tooling/start/source.mjs"
[ -f "$folder/recipe.json" ] || $source packages/search/examples/draw-pictures.ts "$folder"
$source packages/cli/src/main.ts search grid "$folder/grid" --data "$folder/pictures/train" --resolution 28 \
  --per-class 120 --epochs 8 --share 0.25 --step 0.1 --tolerance 0.1 --backend wasm --verbose | tee packages/search/examples/grid/table.txt
cp "$folder/grid/grid.json" packages/search/examples/grid/grid.json
