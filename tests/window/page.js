// What can be told of the page as it is shown. The tests put this into the window once; it leaves `window.pageCheck`.
window.pageCheck ??= (() => {
  const INTERACTIVE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  /** Widgets with one tab stop, inside which arrows move. */
  const COMPOSITE = '[role=menu], [role=listbox], [role=tablist], [role=grid], [role=radiogroup], [role=tree]';
  const ROUNDING = 1.5;

  const all = (selector, root) => [...root.querySelectorAll(selector)];
  /** The open dialog, or the whole page: what lies behind a dialog is not in reach. */
  const top = () => all('.overlay, .popover', document).at(-1) ?? document.body;

  function name(element) {
    const own = element.dataset?.testid ? `[data-testid=${element.dataset.testid}]` : '';
    const classes = [...element.classList].slice(0, 2).map((one) => `.${one}`).join('');
    const text = (element.textContent ?? '').trim().slice(0, 40);
    const outer = element.parentElement?.closest('[data-testid], [class]');
    const within = outer?.dataset.testid ?? outer?.classList[0] ?? '';
    return `${within} > ${element.localName}${classes}${own} "${text}"`;
  }

  const hiddenFromSight = (element) => element.closest('.sr-only') !== null;

  function isShown(element) {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true }) && !hiddenFromSight(element);
  }

  const intersection = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (box) => box.right - box.left < ROUNDING || box.bottom - box.top < ROUNDING;

  /** What of a box inside `element` is seen, and what cuts it off for good: boxes that neither scroll nor tell so. */
  function seen(element, box) {
    let rest = box;
    let cut = null;
    const scrolls = { x: false, y: false };
    for (let outer = element; outer && outer !== document.documentElement; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      const clips = { x: style.overflowX !== 'visible', y: style.overflowY !== 'visible' };
      if (style.display !== 'inline' && (clips.x || clips.y)) {
        const edge = outer.getBoundingClientRect();
        const told = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        const isCut = (axis, low, high) =>
          clips[axis] &&
          !scrolls[axis] &&
          !told &&
          ['hidden', 'clip'].includes(axis === 'x' ? style.overflowX : style.overflowY) &&
          (rest[low] < edge[low] - ROUNDING || rest[high] > edge[high] + ROUNDING);
        if (!cut && (isCut('x', 'left', 'right') || isCut('y', 'top', 'bottom'))) {
          cut = outer;
        }
        if (told) {
          scrolls.x = true;
          scrolls.y ||= style.webkitLineClamp !== 'none';
        }
        scrolls.x ||= ['auto', 'scroll'].includes(style.overflowX);
        scrolls.y ||= ['auto', 'scroll'].includes(style.overflowY);
        rest = intersection(rest, edge);
      }
      if (style.position === 'fixed') {
        break;
      }
    }
    return { rest, cut };
  }

  /** Each line of each text that is shown. */
  function lines(root) {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const element = text.parentElement;
      if (!text.data.trim() || !element || element.closest('svg, option, .sr-only, .toasts, script, style') || !isShown(element)) {
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (!isEmpty(box)) {
          found.push({ text, element, box });
        }
      }
    }
    return found;
  }

  function scrolledSideways() {
    const told = [];
    for (const element of [document.scrollingElement, document.getElementById('root'), ...all('main, nav', document)]) {
      if (element && element.scrollWidth > element.clientWidth + 1) {
        const edge = element.getBoundingClientRect().right;
        const out = all('*', element).find((inner) => isShown(inner) && inner.getBoundingClientRect().right > edge + 1);
        told.push(`scrolls sideways (${element.scrollWidth} of ${element.clientWidth}): ${out ? name(out) : name(element)}`);
      }
    }
    return told;
  }

  function cutTexts(found) {
    const told = [];
    const cuts = new Map();
    for (const { element, box } of found) {
      const { cut } = seen(element, box);
      if (cut) {
        cuts.set(cut, [...(cuts.get(cut) ?? []), name(element)]);
      }
      const control = element.closest('button, a[href], .badge, kbd, th, .tab');
      if (control) {
        const edge = control.getBoundingClientRect();
        const shown = seen(element, box).rest;
        if (!isEmpty(shown) && (shown.left < edge.left - 2 || shown.right > edge.right + 2 || shown.top < edge.top - 2 || shown.bottom > edge.bottom + 2)) {
          told.push(`runs out of its box: ${name(element)} of ${name(control)}`);
        }
      }
    }
    for (const [cut, texts] of cuts) {
      told.push(`${texts.length} texts cut off without an ellipsis by ${name(cut)}: ${texts.slice(0, 3).join('; ')}`);
    }
    return told;
  }

  /** Texts of which the ellipsis leaves next to nothing. */
  function squeezedTexts(root) {
    return all('*', root)
      .filter((element) => element.clientWidth < 40 && element.scrollWidth > element.clientWidth + 8 && isShown(element))
      .filter((element) => getComputedStyle(element).textOverflow === 'ellipsis' && element.textContent.trim().length > 4)
      .map((element) => `squeezed: ${name(element)}`);
  }

  function overlappingTexts(found) {
    const told = [];
    const shown = found
      .map(({ text, element, box }) => ({ text, element, box: seen(element, box).rest }))
      .filter(({ box }) => !isEmpty(box))
      .filter(({ element, box }) => {
        // What lies beneath something opaque, as rows beneath a sticky heading, is not seen.
        const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        return hit === null || hit.contains(element) || element.contains(hit);
      })
      .sort((a, b) => a.box.top - b.box.top);
    for (let first = 0; first < shown.length; first += 1) {
      for (let second = first + 1; second < shown.length && shown[second].box.top < shown[first].box.bottom - 4; second += 1) {
        const common = intersection(shown[first].box, shown[second].box);
        // A text shortened by an ellipsis may count as two.
        if (shown[first].text !== shown[second].text && common.right - common.left > 3 && common.bottom - common.top > 4) {
          told.push(`overlap: ${name(shown[first].element)} and ${name(shown[second].element)}`);
        }
      }
    }
    return told;
  }

  function coveredControls(root) {
    const told = [];
    for (const control of all(INTERACTIVE, root).filter(isShown)) {
      const middle = () => {
        const box = control.getBoundingClientRect();
        return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      };
      const isOn = ([x, y]) => x >= 0 && y >= 0 && x < window.innerWidth && y < window.innerHeight;
      const reached = (point) => {
        const hit = document.elementFromPoint(...point);
        const labels = [...(control.labels ?? [])];
        return hit !== null && (control.contains(hit) || labels.some((label) => label.contains(hit)));
      };
      // A wide scrolling region is in reach wherever a part of it is.
      if (control.matches('[tabindex="0"]') && !control.matches('button, a, input')) {
        continue;
      }
      let point = middle();
      if (!isOn(point) || !reached(point)) {
        control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        point = middle();
      }
      if (!isOn(point)) {
        told.push(`cannot be brought into view: ${name(control)}`);
      } else if (!reached(point)) {
        const hit = document.elementFromPoint(...point);
        told.push(`covered: ${name(control)} by ${hit ? name(hit) : 'nothing'}`);
      }
    }
    return told;
  }

  function restoreScroll(root, act) {
    const before = all('*', root).filter((element) => element.scrollTop || element.scrollLeft);
    const places = before.map((element) => [element, element.scrollLeft, element.scrollTop]);
    const answer = act();
    for (const element of all('*', document).filter((one) => one.scrollTop || one.scrollLeft)) {
      const [, left, top] = places.find(([one]) => one === element) ?? [element, 0, 0];
      element.scrollLeft = left;
      element.scrollTop = top;
    }
    return answer;
  }

  /** Everything that looks broken: texts that are cut off or overlap, controls that are covered, a page wider than the window. */
  function layout() {
    const root = top();
    const found = lines(root);
    const texts = [...cutTexts(found), ...squeezedTexts(root), ...overlappingTexts(found)];
    const covered = restoreScroll(document.body, () => coveredControls(root));
    return [...new Set([...scrolledSideways(), ...texts, ...covered])];
  }

  /** Amounts whose figures or whose order a text beside them has turned round. */
  function turnedAmounts() {
    const told = [];
    const range = document.createRange();
    const groups = new Map();
    for (const amount of all('.amount, .date, .num', document.body).filter(isShown)) {
      const text = document.createTreeWalker(amount, NodeFilter.SHOW_TEXT).nextNode();
      let last = Number.NEGATIVE_INFINITY;
      let row = null;
      for (let index = 0; text && index < Math.min(text.data.length, 24); index += 1) {
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        const box = range.getBoundingClientRect();
        if (box.width > 0 && box.top === (row ?? box.top) && box.left < last - 0.5) {
          told.push(`turned round: ${name(amount)}`);
          break;
        }
        last = box.left;
        row ??= box.top;
      }
      const block = amount.parentElement;
      groups.set(block, [...(groups.get(block) ?? []), amount]);
    }
    for (const amounts of groups.values()) {
      amounts.slice(1).forEach((amount, index) => {
        const [a, b] = [amounts[index].getBoundingClientRect(), amount.getBoundingClientRect()];
        if (Math.abs(a.top - b.top) < 2 && a.height > 0 && b.left < a.left) {
          told.push(`out of order: ${name(amount)}`);
        }
      });
    }
    return told;
  }

  /** Everything by which the focus may be seen: of the element, of what frames it, and of what labels it. */
  function rings(element) {
    const chosen = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    const seenOn = [element, ...(element.labels ?? []), ...(chosen ? [chosen] : [])];
    for (let outer = element.parentElement; outer && seenOn.length < 6; outer = outer.parentElement) {
      seenOn.push(outer);
    }
    return seenOn.map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
      const isNone = outlineStyle === 'none' || parseFloat(outlineWidth) === 0;
      return `${isNone ? '' : `${outlineWidth} ${outlineColor}`}|${boxShadow}`;
    });
  }

  const stops = () => all(INTERACTIVE, top()).filter((element) => isReachable(element));

  function isReachable(element) {
    if (element.disabled || element.closest('fieldset:disabled, [inert]') || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) {
      return false;
    }
    if (element.type === 'radio') {
      const group = all(`input[type=radio][name="${CSS.escape(element.name)}"]`, document);
      return element === (group.find((one) => one.checked) ?? group[0]);
    }
    return true;
  }

  /** What one cannot get to by Tab although it takes part in the work. */
  function outOfReach() {
    return all('a[href], button, input:not([type=hidden]), select, textarea', top())
      .filter((element) => isShown(element) && !element.disabled && element.tabIndex < 0 && !element.closest(COMPOSITE))
      .map((element) => `not in the order of Tab: ${name(element)}`);
  }

  let walk = null;

  /** Begins a walk by Tab; answers how many stops there should be. */
  function startWalk() {
    const wanted = stops();
    document.activeElement?.blur();
    const before = new Map(wanted.map((element) => [element, rings(element)]));
    const visited = new Set();
    const told = outOfReach();
    let last = null;
    // It is scrolled into view after the event.
    const lookAtLast = () => {
      const window = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      if (last?.isConnected && isShown(last) && isEmpty(intersection(seen(last, last.getBoundingClientRect()).rest, window))) {
        told.push(`focused out of sight: ${name(last)}`);
      }
      last = null;
    };
    const onFocus = ({ target }) => {
      lookAtLast();
      if (visited.has(target) || !(target instanceof Element)) {
        return;
      }
      visited.add(target);
      const rest = before.get(target);
      if (rest && rings(target).every((ring, index) => ring === rest[index])) {
        told.push(`no focus ring: ${name(target)}`);
      }
      last = target;
    };
    document.addEventListener('focusin', onFocus);
    walk = { wanted, visited, told, end: () => document.removeEventListener('focusin', onFocus) };
    return wanted.length;
  }

  /** How many of the stops were not visited yet. */
  const walkLeft = () => walk.wanted.filter((element) => !walk.visited.has(element) && element.isConnected).length;

  /** Ends the walk; answers what was wrong with it. */
  function endWalk() {
    const missed = walk.wanted.filter((element) => !walk.visited.has(element) && element.isConnected && isReachable(element));
    walk.end();
    return [...new Set([...walk.told, ...missed.map((element) => `not reached by Tab: ${name(element)}`)])];
  }

  return { layout, turnedAmounts, startWalk, walkLeft, endWalk };
})();
