"""Folds a journal by its written description alone (docs/formats/journal.md); prints JSON.

Marks by checkpoint and sample ("-" for the checkpoint itself): tags, rating, verdict, notes.
"""

import json
import sys


def main():
    events = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    by_number = {event["seq"]: event for event in events}
    undone = set()
    for event in events:
        if event["event"] != "undo":
            continue
        target = by_number[event["of"]]
        if target["event"] == "undo":
            undone.discard(target["of"])
        else:
            undone.add(event["of"])
    marks = {}
    for event in events:
        if event["seq"] in undone:
            continue
        place = f'{event.get("epoch", event.get("step"))}/{event.get("sample", "-")}'
        mark = marks.setdefault(place, {"tags": [], "rating": 0, "verdict": "undecided", "notes": {}})
        kind = event["event"]
        if kind == "tag":
            if event["on"] and event["tag"] not in mark["tags"]:
                mark["tags"].append(event["tag"])
            if not event["on"] and event["tag"] in mark["tags"]:
                mark["tags"].remove(event["tag"])
        elif kind == "rate":
            mark["rating"] = event["rating"]
        elif kind == "verdict":
            mark["verdict"] = event["verdict"]
        elif kind == "note":
            mark["notes"][event.get("about", "general")] = event["text"]
    print(json.dumps(marks, sort_keys=True))


if __name__ == "__main__":
    main()
