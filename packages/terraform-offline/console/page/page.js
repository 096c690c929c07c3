import { followLog } from './live-log.js';
import { openNamedRoute, openRoute, tryRoutes } from './try-it.js';

for (const details of document.querySelectorAll('details.try')) {
  details.addEventListener('toggle', () => tryRoutes(details), { once: true });
}

window.addEventListener('hashchange', openNamedRoute);
// Choosing the same route again does not change the address.
for (const link of document.querySelectorAll('a[data-operation]')) {
  link.addEventListener('click', () => openRoute(link));
}
openNamedRoute();

for (const button of document.querySelectorAll('button.copy')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
}

for (const button of document.querySelectorAll('button.fire')) {
  button.addEventListener('click', async () => {
    const { ok } = await window.fetch(`/_explorer/fire/${encodeURIComponent(button.dataset.fire)}`, {
      method: 'POST',
    });
    button.textContent = ok ? 'Fired' : 'Not fired';
    setTimeout(() => (button.textContent = 'Fire'), 1500);
  });
}

const links = new Map(
  [...document.querySelectorAll('nav a')].map((link) => [link.getAttribute('href').slice(1), link]),
);
const inView = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      links.get(target.id)?.toggleAttribute('aria-current', isIntersecting);
    }
  },
  { rootMargin: '-30% 0px -60% 0px' },
);
for (const section of document.querySelectorAll('section.system')) inView.observe(section);

followLog(() => {
  document.getElementById('changed').hidden = false;
});
