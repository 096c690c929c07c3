/**
 * An element with attributes and children; texts become text, never markup.
 * @example element('a', { href: '#1' }, 'GET ', element('code', {}, '/'))
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, '');
    else if (value !== false && value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(text, onClick, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', () => onClick(made));
  return made;
}

/** A button that copies a text, and says so. */
export function copyButton(text, copied, attributes = {}) {
  return button(
    text,
    async (made) => {
      await navigator.clipboard.writeText(copied);
      made.textContent = 'Copied';
      setTimeout(() => (made.textContent = text), 1500);
    },
    attributes,
  );
}

/** `12 ms`, `1.3 s` */
export function duration(milliseconds) {
  if (milliseconds >= 10_000) return `${Math.round(milliseconds / 1000)} s`;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}
