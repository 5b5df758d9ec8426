/**
 * Forbids `new Something(...)` with a resource's shape inside `.apply(...)`: a resource born there is missing from
 * previews. Topology is plain data, known before any resource exists. A function of the same file that is handed to
 * `apply`, or called in it, counts as inside.
 */

/** Plain values that are made with `new` and are no resources. */
const harmless = new Set([
  'Error',
  'TypeError',
  'URL',
  'Map',
  'Set',
  'Date',
  'RegExp',
  'Array',
  'Promise',
  'Uint8Array',
]);

/** `x.apply(...)`, `x?.apply(...)` and `x['apply'](...)`. */
function isApply({ type, callee }) {
  if (type !== 'CallExpression' || callee.type !== 'MemberExpression') return false;
  return callee.computed ? callee.property.value === 'apply' : callee.property.name === 'apply';
}

/** The uses of a function by its name; none where it has no name. */
function usesOf(node, sourceCode) {
  const named = node.type === 'FunctionDeclaration' ? node : node.parent;
  const isFunction = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
  if (!isFunction || !['FunctionDeclaration', 'VariableDeclarator'].includes(named.type)) return [];
  return sourceCode
    .getDeclaredVariables(named)
    .filter((variable) => variable.name === named.id?.name)
    .flatMap((variable) => variable.references.map((reference) => reference.identifier));
}

function isInsideApply(node, sourceCode, seen = new Set()) {
  for (let inner = node; inner.parent && !seen.has(inner); inner = inner.parent) {
    seen.add(inner);
    // Not in the callee: what `apply` is called on is made before.
    if (isApply(inner.parent) && inner.parent.arguments.includes(inner)) return true;
    if (usesOf(inner, sourceCode).some((use) => isInsideApply(use, sourceCode, seen))) return true;
  }
  return false;
}

module.exports = {
  meta: {
    type: 'problem',
    docs: { description: 'no resource is created inside apply' },
    messages: {
      resource: 'A resource created inside apply is missing from previews: decide it from a plain value of the plan.',
    },
    schema: [],
  },
  create(context) {
    return {
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && harmless.has(node.callee.name)) return;
        if (isInsideApply(node, context.sourceCode)) context.report({ node, messageId: 'resource' });
      },
    };
  },
};
