#!/bin/sh
# Fetch the digits and train all nine runs: make.sh [CACHE [RUNS]]
# RUNS is the folder that gets vae/, gan/, diffusion/ and the others; without it the runs next to
# recipes/ are rewritten.
set -eu

recipes=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$recipes/.cache}
runs=${2:-$recipes/..}
# Debian's own Python: another one first on PATH would not find Debian's torch.
python=${PYTHON:-/usr/bin/python3}

# One thread, or the sums of a training come out with other last bits.
export OMP_NUM_THREADS=1
export PYTHONDONTWRITEBYTECODE=1

"$python" "$recipes/fetch_digits.py" "$cache"
"$python" "$recipes/train_vae.py" --cache "$cache" --out "$runs/vae"
"$python" "$recipes/train_gan.py" --cache "$cache" --out "$runs/gan"
"$python" "$recipes/train_diffusion.py" --cache "$cache" --out "$runs/diffusion"
"$python" "$recipes/train_vae_collapsed.py" --cache "$cache" --out "$runs/vae-collapsed"
"$python" "$recipes/train_memorising.py" --cache "$cache" --out "$runs/memorising"
"$python" "$recipes/train_digits_ar.py" --cache "$cache" --out "$runs/digits-ar"
# These three need no digits.
"$python" "$recipes/train_ring_ar.py" --out "$runs/ring-ar"
"$python" "$recipes/train_ring_gan.py" --out "$runs/ring-gan" ring-gan
"$python" "$recipes/train_ring_gan.py" --out "$runs/ring-gan-collapsed" ring-gan-collapsed
