#!/bin/sh
# Runs the filter and the loading beside their peers, where those are installed:
#   benches/peers.sh TITLES FOLDER [WORD]
# TITLES holds one title a line, FOLDER one article a file. Prints tables; every peer runs in the
# same minutes as the program, because machines differ more than programs do.
set -eu
titles=${1:?"usage: benches/peers.sh TITLES FOLDER [WORD]"}
folder=${2:?"usage: benches/peers.sh TITLES FOLDER [WORD]"}
word=${3:-presiden}
cd "$(dirname "$0")/.."

echo "processors: $(nproc), load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)"
for peer in fzf rg; do
    if command -v "$peer" >/dev/null; then
        echo "$peer: $("$peer" --version | head -n 1)"
    else
        echo "$peer: not installed"
    fi
done

echo
cargo bench --quiet --bench filter -- "$titles"

# Old versions of fzf have no --bench: what is left is a whole run, reading included.
if command -v fzf >/dev/null && ! fzf --help 2>&1 | grep -q -e --bench; then
    echo
    echo "fzf --filter, whole runs (start and reading included; 'zzzzzz' is about that alone):"
    for query in zzzzzz a kim prabow presidenputi 'kim surat'; do
        start=$(date +%s%N)
        fzf --filter "$query" <"$titles" >/dev/null || true
        echo "$query: $((($(date +%s%N) - start) / 1000000)) ms"
    done
fi

echo
cargo bench --quiet --bench load -- "$folder" "$word"
