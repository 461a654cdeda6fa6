#!/usr/bin/env bash
# Write all of ../Fixtures/sources and ../Fixtures/expected anew. Needs the network for the libraries
# (torch's usual wheel is some 5 GB unpacked), Linux, and unshare. VENVS says where they are or go.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venvs=${VENVS:-/tmp/keepoch-venvs}
cd "$here"
export PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
mkdir -p /tmp/run /tmp/run-cache/wandb

for kind in torch tensorflow aim; do
  if [ ! -x "$venvs/$kind/bin/python" ]; then
    python3 -m venv "$venvs/$kind"
    "$venvs/$kind/bin/pip" install -q -r "requirements-$kind.txt"
  fi
done

run() {  # VENV RECIPE...: libraries talk much on standard error, which matters only on failure
  local python="$venvs/$1/bin/python" recipe
  shift
  for recipe; do
    echo "== $recipe"
    "$python" "$recipe.py" >/tmp/run/recipe.log 2>&1 || { cat /tmp/run/recipe.log; exit 1; }
  done
}
run torch tb_torch grids arrays logs configs catalogue
run tensorflow tb_tf2 keras_logs wandb_runs mlflow_runs trackio_run
# RocksDB asks the system itself for the host's name.
echo "== aim_run"
unshare --uts sh -c "hostname trainer && exec '$venvs/aim/bin/python' aim_run.py"

python3 check.py
