#!/bin/bash
# 200 shards of one plan as a Slurm array. First, once:
#   efficientnet search plan "$SEARCH" --data "$PICTURES" --space v2 --base efficientnetv2-b0 --samples 1000 --shards 200
# then: sbatch slurm.sh, and when all are done: efficientnet search merge "$SEARCH"
# A task that is killed or requeued goes on where it stopped; submit the array again until nothing is missing.
#SBATCH --job-name=efficientnet-search
#SBATCH --array=0-199
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue

# The shard is SLURM_ARRAY_TASK_ID. Step times are relative to the base's, so nodes need not be alike.
srun npx efficientnet search run "${SEARCH:?a folder that all nodes see}" --data "${PICTURES:?a folder of pictures}" --backend wasm
