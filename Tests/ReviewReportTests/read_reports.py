"""Reads a report with a parser that is not ours and prints its structure and its text as JSON.

    read_reports.py html|svg|markdown|csv|json|card FILE...

One answer a file, in a list. `structure` is what hostile words must not change; `text` is what a
reader sees; `errors` is whatever no report may have.
"""
import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
FORBIDDEN = {"script", "iframe", "object", "embed", "base", "link", "form", "input", "audio", "video"}


def local(name):
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else "(comment)"


def elements(node, errors, comments):
    name = local(node.tag)
    if name == "(comment)":
        comments.append((node.text or "").strip())
        return name
    if name.lower() in FORBIDDEN:
        errors.append(f"element {name}")
    for attribute, value in node.attrib.items():
        attribute = local(attribute).lower()
        if attribute.startswith("on"):
            errors.append(f"attribute {attribute}")
        if attribute in ADDRESSES and not (value.startswith("#") or value.startswith("data:image/png;base64,")):
            errors.append(f"address {value}")
        if attribute == "http-equiv" and value.lower() == "refresh":
            errors.append("refresh")
    names = sorted(local(name) for name in node.attrib)
    return [name, names, [elements(child, errors, comments) for child in node]]


def html(data):
    import html5lib

    # A parse error is an exception: what is written must need no repair.
    document = html5lib.HTMLParser(strict=True).parse(data.decode("utf-8"))
    errors, comments = [], []
    structure = elements(document, errors, comments)
    style = "".join(node.text or "" for node in document.iter() if local(node.tag) == "style")
    if re.search(r"url\((?!#)|@import", style):
        errors.append("a style that asks for a file")
    policy = [
        node.get("content")
        for node in document.iter()
        if local(node.tag) == "meta" and node.get("http-equiv") == "Content-Security-Policy"
    ]
    ids = [node.get("id") for node in document.iter() if node.get("id")]
    if len(ids) != len(set(ids)):
        errors.append("an id twice")
    for node in document.iter():
        for name in ("href", "aria-labelledby", "aria-describedby"):
            value = (node.get(name) or "").removeprefix("#")
            if value and value not in ids:
                errors.append(f"{name} to nowhere: {value}")
        if local(node.tag) == "img" and not node.get("alt"):
            errors.append("a picture without words")
    images = [node.get("src") for node in document.iter() if local(node.tag) == "img"]
    return {
        "structure": structure, "text": "".join(document.itertext()), "errors": errors,
        "policy": policy, "pictures": len(images), "comments": comments,
    }


def svg(data):
    parser = tree.XMLParser(target=tree.TreeBuilder(insert_comments=True))
    document = tree.fromstring(data, parser=parser)
    errors, comments = [], []
    structure = elements(document, errors, comments)
    if document.get("role") != "img" or [local(child.tag) for child in document][:2] != ["title", "desc"]:
        errors.append("no name or no description")
    return {"structure": structure, "text": "".join(document.itertext()), "errors": errors}


def markdown(data):
    answer = subprocess.run(
        ["cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter", "--unsafe", "-t", "xml"],
        input=data, capture_output=True, check=True,
    ).stdout
    document = tree.fromstring(answer)
    errors, texts = [], []

    def nodes(node):
        name = local(node.tag)
        if name in ("text", "code", "code_block"):
            texts.append(node.text or "")
        if name == "html_inline" and node.text != "<br>":
            errors.append(f"HTML {node.text}")
        if name == "html_block" and not (node.text or "").startswith("<!-- written by Keepoch"):
            errors.append(f"HTML {node.text}")
        if name == "link":
            errors.append(f"link {node.get('destination')}")
        if name == "image" and not re.fullmatch(r"report-files/[A-Za-z0-9.-]+", node.get("destination")):
            errors.append(f"picture {node.get('destination')}")
        inner = []
        for child in node:
            answer = nodes(child)
            # A line break within words, and words that one escape or another cut in two, are words.
            if local(child.tag) in ("text", "html_inline", "softbreak"):
                answer = ["words"]
                if inner and inner[-1] == answer:
                    continue
            inner.append(answer)
        return [name, node.get("level"), inner]

    structure = nodes(document)
    return {"structure": structure, "text": "".join(texts), "errors": errors}


def table(data):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    fields = [field for row in rows for field in row]
    errors = [f"formula {field!r}" for field in fields if field[:1] in ("=", "+", "@", "\t", "\r")]
    return {"structure": [len(row) for row in rows], "text": "\n".join(fields), "errors": errors}


def facts(data):
    def refuse(word):
        raise ValueError(word)

    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items() if key not in ("metrics", "verdicts")}
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        return type(value).__name__

    value = json.loads(data, parse_constant=refuse)
    return {"structure": shape(value), "text": json.dumps(value, ensure_ascii=False), "errors": []}


def card(data):
    import yaml

    head, _, body = data.decode("utf-8").removeprefix("---\n").partition("\n---\n")
    metadata = yaml.safe_load(head)

    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__

    answer = markdown(body.encode("utf-8"))
    answer["structure"] = [shape(metadata), answer["structure"]]
    answer["metadata"] = metadata
    return answer


READERS = {"html": html, "svg": svg, "markdown": markdown, "csv": table, "json": facts, "card": card}

if __name__ == "__main__":
    read = READERS[sys.argv[1]]
    answers = []
    for path in sys.argv[2:]:
        with open(path, "rb") as file:
            data = file.read()
        try:
            answers.append(read(data))
        except Exception as error:
            answers.append({"structure": None, "text": "", "errors": [f"{type(error).__name__}: {error}"]})
    json.dump(answers, sys.stdout)
