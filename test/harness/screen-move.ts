/**
 * Expressions that bring the page of the settings screen to another address, by way of one that is none: nothing that was
 * typed or opened is left, and what does not change is not loaded and started again.
 */

const begin = `
  const settings = location.pathname.replace(/(.*?\\/settings\\/).*/, '$1');
  const entry = (more) => ({ index: (history.state?.index ?? 0) + more, key: String(Math.random()), state: null });`;
const arrive = `dispatchEvent(new PopStateEvent('popstate'))`;

/** Leaves the page for one that is none. Its entry in the history stays what it was. */
export const leave = `(() => {${begin}
  const here = location.href;
  history.replaceState(entry(0), '', settings + 'no-such-page');
  ${arrive};
  history.replaceState(entry(0), '', here);
})()`;

/** @param path behind `/settings/` */
export const arriveAt = (path: string) => `(() => {${begin}
  history.pushState(entry(1), '', settings + ${JSON.stringify(path)});
  ${arrive};
})()`;
