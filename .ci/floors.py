#!/usr/bin/env python3
"""Runs kutip over the annotated texts and holds the scores to floors. Standard library only.

  floors.py KUTIP GOLD_DIR

A row of FLOORS is (data set, measure, floor, enforced). A score below an enforced floor fails the run; the
others are printed, so that one sees how far they are.
"""
import json, os, subprocess, sys, tempfile

HOLD, AIM = True, False

FLOORS = [
    *[("seeds", field, 1.0, AIM) for field in (
        "lang", "title", "date", "outlet", "reporters", "editors", "dateline", "standfirst",
        "caption recall", "caption precision", "furniture recall", "furniture precision",
        "attributed F1", "fragments kept apart")],
    ("seeds", "found", 1.0, HOLD),
    ("seeds", "indirect attributed", .90, AIM),
    ("dev", "found", 1.0, HOLD),
    ("dev", "title", .90, AIM), ("dev", "date", .95, AIM), ("dev", "outlet", .75, AIM),
    ("dev", "reporters", .85, AIM), ("dev", "dateline", .90, AIM),
    ("dev", "furniture recall", .80, AIM), ("dev", "furniture precision", .85, AIM),
    ("dev", "direct F1", .95, AIM), ("dev", "attributed F1", .88, AIM), ("dev", "speaker", .92, AIM),
    ("dev", "indirect recall", .75, AIM), ("dev", "indirect attributed", .65, AIM),
    ("pfsa", "overlap recall", .98, AIM), ("pfsa", "speaker contains", .85, AIM),
    ("polnear direct", "overlap precision", .96, AIM), ("polnear direct", "attributed F1", .86, AIM),
    ("polnear speech", "overlap F1", .68, AIM), ("polnear speech", "attributed F1", .58, AIM),
    ("wikinews", "overlap F1", .88, AIM), ("wikinews", "attributed F1", .60, AIM),
]


def kutip(program, command, paths, out, *options):
    with open(out, "w", encoding="utf8") as f:
        ran = subprocess.run([program, command, *paths, "--format", "jsonl", *options], stdout=f)
    if ran.returncode > 1:
        sys.exit(f"kutip {command} {paths[0]} …: exit code {ran.returncode}")
    return out


def score(script, *arguments):
    ran = subprocess.run([sys.executable, script, *arguments, "--json"], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def articles(program, gold, name, paths, folder):
    a = kutip(program, "articles", paths, f"{folder}/a.jsonl")
    q = kutip(program, "quotes", paths, f"{folder}/q.jsonl")
    return score(f"{gold}/score_articles.py", f"{gold}/{name}", a, q)


def quotes(program, gold, name, folder, kinds=(), options=()):
    file = f"{gold}/quotes/{name}.dev.jsonl"
    q = kutip(program, "quotes", [file], f"{folder}/q.jsonl", *kinds)
    told = score(f"{gold}/score_quotes.py", file, q, *options)
    flat = {}
    for metric, label in (("overlap", "overlap"), ("attrib", "attributed")):
        for part, value in zip(("precision", "recall", "F1"), told["prf"][metric]):
            flat[f"{label} {part}"] = value
    flat.update({f"speaker {name}": value for name, value in told["speaker"].items()})
    return flat


def texts(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".txt"))


def main():
    program, gold = sys.argv[1:3]
    direct = ("--kind", "direct")
    with tempfile.TemporaryDirectory() as folder:
        scores = {
            "seeds": articles(program, gold, "seeds", texts(f"{gold}/../seeds"), folder),
            "dev": articles(program, gold, "dev", texts(f"{gold}/dev"), folder),
            "pfsa": quotes(program, gold, "pfsa_id", folder, direct),
            "polnear direct": quotes(program, gold, "polnear", folder, direct, ("--kinds", "direct", "--min-words", "4")),
            "polnear speech": quotes(program, gold, "polnear", folder, (), ("--speech-only",)),
            "wikinews": quotes(program, gold, "wikinews_de", folder, direct, ("--kinds", "direct")),
        }
    failed = False
    for data, measure, floor, enforced in FLOORS:
        if measure not in scores[data]:
            sys.exit(f"{data} has no measure {measure!r}; it has: {', '.join(scores[data])}")
        got = scores[data][measure]
        short = got + 5e-4 < floor
        failed |= short and enforced
        note = "BELOW" if short and enforced else "not yet" if short else "" if enforced else "reached: enforce it"
        print(f"{data:15} {measure:26} {got:.3f}  floor {floor:.2f}  {note}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
