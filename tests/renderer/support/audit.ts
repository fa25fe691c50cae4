/**
 * Runs in the page. Looks at everything that is drawn and lists, in words, what breaks the look:
 * what is cut off, overlaps, is too small to touch or to read.
 */
export function auditPage(): string[] {
  const problems: string[] = [];
  const width = window.innerWidth;
  const height = window.innerHeight;
  const small = Math.min(width, height) < 768;
  const slack = 1.5;

  const nameOf = (element: Element): string => {
    const words = (element.textContent || element.getAttribute('aria-label') || '').trim();
    return `${element.tagName.toLowerCase()} "${words.slice(0, 40)}"`;
  };

  // While the kiosk asks, the screen behind is out of reach.
  const dialog = document.querySelector('dialog[open]');

  const drawn = (element: Element): boolean =>
    (dialog?.contains(element) ?? true) &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest('.unseen, .light, svg') === null;

  /** The part of a rectangle that scrolling ancestors let through; null when scrolled away. */
  const seen = (element: Element, rect: DOMRect): DOMRect | null => {
    let { left, right, top, bottom } = rect;
    for (let up = element.parentElement; up !== null; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowY !== 'auto' && style.overflowX !== 'auto') continue;
      const frame = up.getBoundingClientRect();
      top = Math.max(top, frame.top);
      bottom = Math.min(bottom, frame.bottom);
      left = Math.max(left, frame.left);
      right = Math.min(right, frame.right);
    }
    return right - left > slack && bottom - top > slack
      ? new DOMRect(left, top, right - left, bottom - top)
      : null;
  };

  const meet = (one: DOMRect, other: DOMRect): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack;

  if (document.documentElement.scrollWidth > width) problems.push('the page scrolls sideways');

  // Every line of text: inside the panel, inside its own box, large enough.
  const texts: { readonly node: Text; readonly parent: Element; readonly rect: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!(node instanceof Text) || node.data.trim() === '') continue;
    if (parent === null || !drawn(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const rect = seen(parent, line);
      if (rect === null) continue;
      const words = `"${node.data.trim().slice(0, 40)}"`;
      if (line.left < -slack || line.right > width + slack)
        problems.push(`${words} leaves the panel sideways`);
      if (rect.top < -slack || rect.bottom > height + slack)
        problems.push(`${words} leaves the panel`);
      for (let up: Element | null = parent; up !== null; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.display === 'inline') continue;
        const box = up.getBoundingClientRect();
        if (line.left < box.left - slack || line.right > box.right + slack) {
          problems.push(`${words} is wider than its ${nameOf(up)}`);
          break;
        }
      }
      texts.push({ node, parent, rect });
    }
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    const floor = parent.closest('h1') === null ? (small ? 16 : 20) : small ? 28 : 40;
    if (size < floor - 0.01) problems.push(`"${node.data.trim()}" is ${size} px, under ${floor}`);
  }

  // Letters of one sentence on another. The boxes of lines stand taller than their letters.
  const letters = texts.map(({ node, parent, rect }) => ({
    node,
    parent,
    rect: new DOMRect(rect.left, rect.top + rect.height * 0.22, rect.width, rect.height * 0.56),
  }));
  letters.forEach((one, index) => {
    for (const other of letters.slice(index + 1)) {
      if (one.node === other.node || !meet(one.rect, other.rect)) continue;
      problems.push(`"${one.node.data.trim()}" lies on "${other.node.data.trim()}"`);
    }
  });

  // Everything that can be touched.
  const controls = [...document.querySelectorAll('button, input')]
    .filter((element) => drawn(element) && !element.matches('.all'))
    .flatMap((element) => {
      const whole = element.getBoundingClientRect();
      const rect = seen(element, whole);
      return rect === null ? [] : [{ element, whole, rect }];
    });
  for (const { element, whole, rect } of controls) {
    const key = element.closest('.keyboard') !== null;
    // The staff page is worked at, not passed by: its own controls may be smaller and nearer.
    const dense = element.closest('.desk') !== null && element.closest('[data-dense]') !== null;
    const floor = dense || (key && width < 740) ? 48 : 64;
    if (whole.width < floor - slack || whole.height < floor - slack) {
      problems.push(`${nameOf(element)} is ${whole.width} × ${whole.height}, under ${floor}`);
    }
    if (rect.left < -slack || rect.right > width + slack || rect.bottom > height + slack) {
      problems.push(`${nameOf(element)} leaves the panel`);
    }
    for (const { node, parent, rect: line } of letters) {
      const own = element.contains(parent);
      if (!own && meet(line, rect))
        problems.push(`"${node.data.trim()}" lies on ${nameOf(element)}`);
      if (own && (line.top < whole.top || line.bottom > whole.bottom)) {
        problems.push(`"${node.data.trim()}" is taller than its ${nameOf(element)}`);
      }
    }
  }
  controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
      if (meet(one.rect, other.rect)) {
        problems.push(`${nameOf(one.element)} lies on ${nameOf(other.element)}`);
        continue;
      }
      if (one.element.closest('.keyboard') !== null) continue;
      const gap = one.element.closest('[data-dense]') === null ? 14 : 6;
      const near = new DOMRect(
        one.rect.left - gap,
        one.rect.top - gap,
        one.rect.width + 2 * gap,
        one.rect.height + 2 * gap,
      );
      const tabs = [one.element, other.element].every((element) =>
        element.matches('[role=tab], nav button, thead button'),
      );
      const aligned =
        Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top) > 0;
      if (meet(near, other.rect) && (!tabs || aligned)) {
        problems.push(`${nameOf(one.element)} is less than 16 px from ${nameOf(other.element)}`);
      }
    }
  });

  // The reader's drawing stays on the panel.
  for (const drawing of document.querySelectorAll('.scene svg, .shape svg')) {
    if (dialog !== null && !dialog.contains(drawing)) continue;
    const rect = drawing.getBoundingClientRect();
    if (rect.left < -slack || rect.right > width + slack)
      problems.push('a drawing leaves the panel');
    for (const { node, rect: line } of letters) {
      if (meet(line, rect)) problems.push(`"${node.data.trim()}" lies on a drawing`);
    }
  }
  return [...new Set(problems)];
}
