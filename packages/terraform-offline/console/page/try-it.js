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

/** Puts Swagger UI for the API into its place. */
export async function tryRoutes(details) {
  const place = details.querySelector('.try-body');
  const SwaggerUI = await load();
  place.textContent = '';
  const ui = SwaggerUI({
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
