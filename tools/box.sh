#!/usr/bin/env bash
# A model to ship, from nothing: draw looks, learn them, learn photos with looks beside, score, select, pack.
#
#   tools/box.sh TRAIN VAL [WORK] [options of `attire train` for both runs]
#
# TRAIN and VAL are annotated photos, WORK a folder for everything in between (runs/box by default). On two CPU
# cores it takes some two and a half hours. On a GPU, for instance:
#
#   LOOKS=20000 EPOCHS=60 PACK="--least-score 0.65" tools/box.sh TRAIN VAL runs/gpu --accelerator gpu --devices 1 \
#       --set batch_size=16 --set workers=12 --set input.height=512 --set input.width=352
#
# PACK holds options of tools/box.py; by default those of the model in the box. Which pay is seen in VAL.
# Every step is skipped or resumed if it was done or stopped before.
set -euo pipefail
train=$1 val=$2 work=${3:-runs/box}
shift $(($# < 3 ? $# : 3))
attire=$(realpath "${ATTIRE:-.venv/bin/attire}")
mkdir -p "$work"
"$attire" render -n "${LOOKS:-7500}" --size 512x768 --seed 900 --uniform -o "$work/looks"
"$attire" train looks "$work/looks" --val src/attire/samples/looks -o "$work/looks-run" --resume "$@"
"$attire" train box "$train" --val "$val" --also "$work/looks" --weights "$work/looks-run/model.safetensors" \
    --epochs "${EPOCHS:-22}" -o "$work/box-run" --resume "$@"
pack() { "$(dirname "$attire")/python" tools/box.py "$@" -o "$work/box.safetensors"; }
pack "$work/box-run" ${PACK:---input 480x320 --least-score 0.65}
# From within, so that the card's commands name no place of this machine.
ln -sfn "$(realpath "$train")" "$work/train"
ln -sfn "$(realpath "$val")" "$work/val"
(cd "$work" && "$attire" evaluate val --model box.safetensors --target network -o evaluation --json > val.json)
(cd "$work" && "$attire" select val --labels train --model box.safetensors -o box.safetensors --json > select.json)
pack "$work/box.safetensors" "$work/val.json" "$work/select.json"
# The forms that need no torch; all three go into src/attire/bundled/.
"$attire" export "$work/box.safetensors" --share-weights -o "$work/box.onnx"
"$attire" export "$work/box.safetensors" --share-weights --int8 "$train/photos" -o "$work/box.int8.onnx"
# The smaller one goes on from it, with other looks: `attire train fast TRAIN --val VAL --also LOOKS --weights box.safetensors`,
# then packed with `--name fast --input 448x288 --least-score 0.7`, scored, selected and exported in the same way.
