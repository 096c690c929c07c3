/** Swagger UI is large: it is loaded when it is first wanted. */
let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    for (const name of ['swagger-ui', 'try-it', 'try-it-controls']) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `/_explorer/${name}.css`;
      document.head.append(link);
    }
    const script = document.createElement('script');
    script.src = '/_explorer/swagger-ui-bundle.js';
    script.onload = () => resolve(window.SwaggerUIBundle);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

const shown = new Map();

/** Puts Swagger UI for the API into its place, once. Resolves to it. */
export function tryRoutes(details) {
  if (!shown.has(details)) shown.set(details, show(details));
  return shown.get(details);
}

/** Opens the form of the route that the page's address names, if it names one. */
export async function openNamedRoute() {
  const named = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const link = named?.querySelector('a[data-operation]');
  if (link) await openRoute(link);
}

/** Opens the form of a route, of which there is this link. */
export async function openRoute(link) {
  const details = document.getElementById(link.dataset.form);
  details.open = true;
  const { operation } = link.dataset;
  const { layoutActions } = await tryRoutes(details);
  layoutActions.show(['operations', 'default', operation], true);
  const form = await drawn(() => details.querySelector(`[id="operations-default-${operation}"]`));
  form?.scrollIntoView({ block: 'start' });
}

/** What Swagger UI draws in its own time; undefined when it takes too long. */
async function drawn(find, tries = 40) {
  for (let i = 0; i < tries; i++) {
    const element = find();
    if (element) return element;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function show(details) {
  const place = details.querySelector('.try-body');
  const SwaggerUI = await load();
  place.textContent = '';
  let complete;
  const isComplete = new Promise((resolve) => (complete = resolve));
  const ui = SwaggerUI({
    onComplete: () => complete(),
    domNode: place,
    url: details.dataset.openapi,
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    validatorUrl: null,
    requestInterceptor: (request) =>
      request.loadSpec ? request : withCaller(ui, details.dataset.api, request),
    responseInterceptor(response) {
      if (response.status === 201) fillIn(ui, response);
      return response;
    },
  });
  await isComplete;
  return ui;
}

/** A token, or a key, that the route takes, unless the reader has given one. */
async function withCaller(ui, api, request) {
  const { servers } = ui.specSelectors.specJson().toJS();
  const path = new URL(request.url, window.location.href).pathname.slice(servers[0].url.length) || '/';
  const asked = new window.URLSearchParams({ api, method: request.method.toUpperCase(), path });
  const response = await window.fetch(`/_explorer/caller?${asked}`);
  if (response.ok) request.headers = { ...(await response.json()), ...request.headers };
  return request;
}

/** What was created is what the routes with a path parameter are tried on next. */
function fillIn(ui, { headers, url }) {
  const location = headers.location && new URL(headers.location, url).pathname;
  const { servers, paths } = ui.specSelectors.specJson().toJS();
  const prefix = servers[0].url;
  if (!location?.startsWith(`${prefix}/`)) return;
  for (const [path, methods] of Object.entries(paths)) {
    const names = [];
    const pattern = path.replace(/\{([^}]+)\}/g, (_, name) => `(?<p${names.push(name)}>[^/]+)`);
    const match = new RegExp(`^${pattern}$`).exec(location.slice(prefix.length));
    if (!match) continue;
    for (const method of Object.keys(methods)) {
      names.forEach((name, i) =>
        ui.specActions.changeParam([path, method], name, 'path', decodeURIComponent(match[i + 1]), false),
      );
    }
  }
}
