#!/usr/bin/env python3
"""Checks the weights of `assets/attribution.toml` against the open half of the annotated articles. Standard library only.

  weights.py KUTIP GOLD_DIR [NAME ...]

The open half are the files of `dev` and `dev2` with an even place among the sorted names; the other half is kept aside,
for it says whether a weight holds on articles that nobody has tuned to. Each weight (or each that is named) is made
larger and smaller by a fifth, at least by 2, in a user's `attribution.toml`; printed is how many more quotations then
have the right speaker, and how many more are wrong though marked sure. A weight of which neither side is better stands where
it should; one of which both sides change nothing says that the articles do not need it.
"""
import importlib.util, json, os, re, subprocess, sys, tempfile

SETS = ("dev", "dev2/id", "dev2/en", "dev2/de")
FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "assets", "attribution.toml")

def weights():
    """[(section, name, weight)] in the order of the file."""
    section, found = "", []
    for line in open(FILE, encoding="utf8"):
        if head := re.match(r"\[(\w+)\]", line):
            section = head[1]
        elif value := re.match(r"([\w-]+) = (-?\d+)", line):
            found.append((section, value[1], int(value[2])))
    return found

def open_half(gold):
    """[(annotation, text path)]"""
    half = []
    for name in SETS:
        folder = os.path.join(gold, name)
        files = sorted(f for f in os.listdir(folder) if f.endswith(".json"))
        for file in files[::2]:
            path = os.path.join(folder, file)
            half.append((json.load(open(path, encoding="utf8")), path[:-5] + ".txt"))
    return half

def scorer(gold):
    spec = importlib.util.spec_from_file_location("score_articles", os.path.join(gold, "score_articles.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

def score(kutip, half, module, change, home):
    """(quotations with the right speaker, wrong ones that are marked sure)"""
    config = os.path.join(home, "kutip")
    os.makedirs(config, exist_ok=True)
    with open(os.path.join(config, "attribution.toml"), "w") as file:
        file.write(change)
    told = subprocess.run(
        [kutip, "quotes", "--no-cache", "--format", "jsonl", *(path for _, path in half)],
        env={**os.environ, "XDG_CONFIG_HOME": home}, stdout=subprocess.PIPE, check=True)
    found = {}
    for line in told.stdout.splitlines():
        row = json.loads(line)
        found.setdefault(module.key({"id": row["article"]}), []).append(row)
    right = wrong = 0
    for gold, path in half:
        words = module.tokens(open(path, encoding="utf8", newline="").read())
        span = lambda one: module.covered(words, one["start"], one["end"])
        here = found.get(gold["id"], [])
        for one, other in module.match([span(q) for q in gold["quotes"]], [span(q) for q in here]):
            if not gold["quotes"][one].get("speaker"):
                continue
            if module.speaker_right(gold["quotes"][one], here[other].get("speaker")):
                right += 1
            elif here[other].get("confidence") == "sure":
                wrong += 1
    return right, wrong

def main():
    kutip, gold, *names = sys.argv[1:]
    half, module = open_half(gold), scorer(gold)
    with tempfile.TemporaryDirectory() as home:
        base = score(kutip, half, module, "", home)
        print(f"{len(half)} articles: {base[0]} right, {base[1]} wrong though sure")
        for section, name, weight in weights():
            if names and name not in names:
                continue
            step, told = max(2, round(abs(weight) / 5)), []
            for changed in (weight - step, weight + step):
                head = f"[{section}]\n" if section else ""
                right, wrong = score(kutip, half, module, f"{head}{name} = {changed}\n", home)
                told.append(f"{changed:>4}: {right - base[0]:+} right, {wrong - base[1]:+} wrong")
            print(f"{name:<18}{weight:>4}   {'   '.join(told)}")

main()
