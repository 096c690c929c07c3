import type { Page } from 'playwright-core';

/** In the page: relative luminance, ratio. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const CONTRAST = `(selector) => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const element = document.querySelector(selector);
  const text = luminance(getComputedStyle(element).color);
  let behind = element;
  while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const background = luminance(getComputedStyle(behind).backgroundColor);
  return (Math.max(text, background) + 0.05) / (Math.min(text, background) + 0.05);
}`;

/** Contrast ratio, 1 to 21, between the text of the first element that matches and what is behind it. */
export function contrast(page: Page, selector: string): Promise<number> {
  return page.evaluate(`(${CONTRAST})(${JSON.stringify(selector)})`);
}
