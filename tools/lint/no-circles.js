const { existsSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

/** By file, with the time at which it was read: an editor keeps the process. @type {Map<string, { readAt: number, imports: readonly string[] }>} */
const read = new Map();

/**
 * Files that import each other, directly or through others, be it for types alone: `import-x/no-cycle` lets those pass.
 * @type {import('eslint').Rule.RuleModule}
 */
exports.noCircles = {
  meta: { type: 'problem', schema: [], messages: { circle: 'This closes a circle: {{files}}.' } },
  create(context) {
    const own = context.filename;
    const check = (/** @type {any} */ { source }) => {
      if (typeof source?.value !== 'string') return;
      const way = wayTo(own, fileOf(path.dirname(own), source.value));
      if (!way) return;
      const files = [own, ...way].map((file) => path.relative(context.cwd, file)).join(' → ');
      context.report({ node: source, messageId: 'circle', data: { files } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

/**
 * The shortest way by imports, both ends included.
 * @param {string} goal
 * @param {string | undefined} start
 * @returns {readonly string[] | undefined}
 */
function wayTo(goal, start) {
  if (start === undefined) return undefined;
  const seen = new Set([start]);
  const ways = [[start]];
  for (const way of ways) {
    const last = /** @type {string} */ (way.at(-1));
    if (last === goal) return way;
    for (const next of importsOf(last)) {
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {readonly string[]}
 */
function importsOf(file) {
  const readAt = statSync(file).mtimeMs;
  const known = read.get(file);
  if (known?.readAt === readAt) return known.imports;
  const imports = ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.flatMap(({ fileName }) => fileOf(path.dirname(file), fileName) ?? []);
  read.set(file, { readAt, imports });
  return imports;
}

/**
 * Packages are not followed: none sees whoever imports it.
 * @param {string} folder
 * @param {string} specifier
 */
function fileOf(folder, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const file = path.resolve(folder, specifier);
  return [file, `${file}.ts`].find((one) => existsSync(one) && statSync(one).isFile());
}
