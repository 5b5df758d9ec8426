/**
 * Forbids `new Something(...)` with a resource's shape inside `.apply(...)`: a resource born there is missing from
 * previews. Topology is plain data, known before any resource exists.
 */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'no resource is created inside apply' },
    messages: {
      resource: 'A resource created inside apply is missing from previews: decide it from a plain value of the plan.',
    },
    schema: [],
  },
  create(context) {
    let depth = 0;
    const isApply = (node) => node.callee.type === 'MemberExpression' && node.callee.property.name === 'apply';
    // Plain values that are made with `new` and are no resources.
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
    return {
      CallExpression(node) {
        if (isApply(node)) depth++;
      },
      'CallExpression:exit'(node) {
        if (isApply(node)) depth--;
      },
      NewExpression(node) {
        const name = node.callee.type === 'Identifier' ? node.callee.name : undefined;
        if (depth > 0 && !(name && harmless.has(name))) context.report({ node, messageId: 'resource' });
      },
    };
  },
};
