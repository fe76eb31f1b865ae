/** Makes the children of `target` equal to `html`, keeping every node that can stay. Nodes with the same data-key belong together. */
export function morph(target: Element, html: string): void {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  children(target, wanted.content);
}

function children(target: Node, wanted: Node): void {
  const keyed = new Map<string, Element>();
  for (const child of target.childNodes) {
    const key = keyOf(child);
    if (key) {
      keyed.set(key, child as Element);
    }
  }

  let at: ChildNode | null = target.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    const same: ChildNode | null = key ? (keyed.get(key) ?? null) : at && !keyOf(at) && alike(at, next) ? at : null;
    if (same && alike(same, next)) {
      if (same === at) {
        at = at.nextSibling;
      } else {
        target.insertBefore(same, at);
      }

      patch(same, next);
    } else {
      target.insertBefore(next, at);
    }
  }

  while (at) {
    const gone: ChildNode = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function patch(target: Node, wanted: Node): void {
  if (!(target instanceof Element) || !(wanted instanceof Element)) {
    if (target.nodeValue !== wanted.nodeValue) {
      target.nodeValue = wanted.nodeValue;
    }

    return;
  }

  for (const { name } of [...target.attributes]) {
    // Whether a person has unfolded something is theirs to say.
    if (!wanted.hasAttribute(name) && !(name === "open" && target instanceof HTMLDetailsElement)) {
      target.removeAttribute(name);
    }
  }

  for (const { name, value } of wanted.attributes) {
    if (target.getAttribute(name) !== value) {
      target.setAttribute(name, value);
    }
  }

  children(target, wanted);
}

function alike(one: Node, other: Node): boolean {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function keyOf(node: Node): string | null {
  return node instanceof Element ? (node.getAttribute("data-key") ?? (node.id || null)) : null;
}
