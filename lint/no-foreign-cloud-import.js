/**
 * Keeps each cloud in its own folder. A cloud's package is imported there and nowhere else, its types included, so that
 * nothing outside can come to depend on one cloud; and the folder itself is opened by the one place that picks a cloud.
 *
 * Options: `packages`, folders by the package that they may import; `closed`, folders that only `entrances` may import
 * from outside. Paths are from the root, with slashes.
 */
const path = require('node:path');

/** The module that a node names, and the node that says it; undefined where it names none. */
const sources = {
  ImportDeclaration: (node) => node.source,
  ExportNamedDeclaration: (node) => node.source,
  ExportAllDeclaration: (node) => node.source,
  ImportExpression: (node) => node.source,
  TSImportType: (node) => node.source ?? node.argument?.literal,
  TSExternalModuleReference: (node) => node.expression,
  // require('x'), jest.mock('x'), jest.requireActual('x')
  CallExpression: ({ callee, arguments: [first] }) => {
    const name = callee.type === 'MemberExpression' ? callee.property.name : callee.name;
    return /^(?:require|requireActual|mock)$/.test(name ?? '') ? first : undefined;
  },
};

function textOf(source) {
  if (source?.type === 'Literal' && typeof source.value === 'string') return source.value;
  return source?.type === 'TemplateLiteral' && source.quasis.length === 1 ? source.quasis[0].value.cooked : undefined;
}

const within = (file, folder) => file === folder || file.startsWith(`${folder}/`);

/** A package's own description carries its version and nothing of the cloud. */
const isDescription = (module) => module.endsWith('/package.json');

module.exports = {
  meta: {
    type: 'problem',
    docs: { description: "a cloud's package is imported only in that cloud's folder" },
    messages: {
      package:
        '{{module}} belongs to {{folders}}: say what is needed in components/platform.ts and let the cloud do it.',
      folder:
        '{{folder}} is opened by {{entrances}} alone: clouds do not know each other, and nothing else knows a cloud.',
    },
    schema: [
      {
        type: 'object',
        properties: {
          packages: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
          closed: { type: 'array', items: { type: 'string' } },
          entrances: { type: 'array', items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const { packages = {}, closed = [], entrances = [] } = context.options[0] ?? {};
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');

    function checkPackage(node, module) {
      const name = Object.keys(packages).find((one) => within(module, one));
      if (!name || packages[name].some((folder) => within(file, folder))) return;
      if (isDescription(module) && within(file, 'sandbox')) return;
      context.report({ node, messageId: 'package', data: { module, folders: packages[name].join(', ') } });
    }

    function checkFolder(node, module) {
      if (!module.startsWith('.') || entrances.some((entrance) => within(file, entrance))) return;
      const target = path.posix.join(path.posix.dirname(file), module);
      const folder = closed.find((one) => within(target, one) && !within(file, one));
      if (folder) context.report({ node, messageId: 'folder', data: { folder, entrances: entrances.join(', ') } });
    }

    const check = (sourceOf) => (node) => {
      const module = textOf(sourceOf(node));
      if (module === undefined) return;
      checkPackage(node, module);
      checkFolder(node, module);
    };
    return Object.fromEntries(Object.entries(sources).map(([type, sourceOf]) => [type, check(sourceOf)]));
  },
};
