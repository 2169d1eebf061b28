#!/usr/bin/env bash
# Write the pinned requirements again from pyproject.toml (Debian 12: Python 3.11, x86-64).
# No index address is written; what is pinned already stays unless UPGRADE=1.
set -eu
cd "$(dirname "$0")/.."
pin() {
    target=$1; shift
    uv pip compile pyproject.toml "$@" --quiet --generate-hashes --no-emit-index-url --no-header \
        ${UPGRADE:+--upgrade} \
        --python-version 3.11 --python-platform x86_64-manylinux_2_28 --output-file "$target" >/dev/null
    sed -i '1i # made by: make requirements' "$target"
}
pin requirements.txt --extra postgres
pin requirements-dev.txt --extra postgres --extra test --extra dev --constraint requirements.txt
