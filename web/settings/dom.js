/**
 * Makes an element. Children are nodes or text; `null` and `false` are left out. Keys that start with `on` are
 * listeners, `class` and everything else are attributes, whose value `true` means "present".
 *
 * @param {string} tag
 * @param {Record<string, unknown> | null} attributes
 * @param {...(Node | string | number | null | false | undefined)} children
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/**
 * A place whose content is made anew only when what it shows has changed, so that a page that refreshes itself takes
 * neither the focus nor a selection away.
 */
export function slot(tag, attributes) {
  const element = h(tag, attributes);
  let shown = null;
  return {
    element,
    show(data, make) {
      const key = JSON.stringify(data);
      if (key === shown) return;
      shown = key;
      const focused = element.contains(document.activeElement) ? document.activeElement.id : '';
      element.replaceChildren(...[make()].flat().filter((child) => child != null && child !== false));
      if (focused) document.getElementById(focused)?.focus();
    },
  };
}

/** Tells screen readers. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
