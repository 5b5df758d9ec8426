/**
 * Forbids code that asks which cloud it is on: `cloud === 'aws'`, `switch (plan.cloud)`, `['aws', 'gcp'].includes(cloud)`.
 * What differs by cloud is a contract that the cloud's folder keeps, or data in a table by cloud, which the compiler
 * checks for a cloud that is missing. Two clouds may be compared with each other: that asks about none of them.
 */

const CLOUDS = new Set(['aws', 'gcp', 'digitalocean', 'kubernetes']);
/** Names that also stand for other things: a kind of compute, a host of databases. They count beside a cloud only. */
const AMBIGUOUS = new Set(['digitalocean', 'kubernetes']);

const EQUALITY = new Set(['===', '!==', '==', '!=']);
/** Methods of a text that ask what it is, and of a pattern. */
const ASKS = new Set(['startsWith', 'endsWith', 'includes', 'match', 'search', 'indexOf', 'localeCompare']);
const HOLDS = new Set(['includes', 'indexOf', 'has']);
const SEEKS = new Set(['some', 'find', 'findIndex', 'filter', 'every']);

/** Without `as const`, `!`, `satisfies` and `?.` around it. */
function bare(node) {
  const wrapped = /^(?:TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion|ChainExpression)$/;
  return node && wrapped.test(node.type) ? bare(node.expression) : node;
}

function keyOf(node) {
  return node.computed ? node.property.value : node.property.name;
}

module.exports = {
  meta: {
    type: 'problem',
    docs: { description: 'nothing asks which cloud it is on' },
    messages: {
      comparison:
        'Nothing outside components/clouds.ts asks which cloud it is on: make it a table by cloud, or a part of the contract.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;

    /** What defines a name: the variable's declarator and the name's own place in it. */
    function definitionOf(identifier) {
      for (let scope = sourceCode.getScope(identifier); scope; scope = scope.upper) {
        const found = scope.set.get(identifier.name);
        if (found) return found.defs[0];
      }
      return undefined;
    }

    function constantOf(identifier) {
      const found = definitionOf(identifier);
      const once = found?.type === 'Variable' && found.parent.kind === 'const' && found.node.id.type === 'Identifier';
      return once ? bare(found.node.init) : undefined;
    }

    /** `cloud`, `plan.cloud`, `homeCloud`, and a name that was given to one of them. */
    function isCloud(given) {
      const node = bare(given);
      if (node?.type === 'MemberExpression') return keyOf(node) === 'cloud';
      if (node?.type !== 'Identifier') return false;
      if (/^cloud(?:Name)?$|Cloud$/.test(node.name)) return true;
      const found = definitionOf(node);
      const property = found?.name?.parent;
      if (property?.type === 'Property' && property.parent.type === 'ObjectPattern')
        return property.key.name === 'cloud';
      const value = constantOf(node);
      return value?.type === 'MemberExpression' && keyOf(value) === 'cloud';
    }

    /** The text of a literal, or of a constant that is one. */
    function literalOf(given) {
      const node = bare(given);
      if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
      if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0].value.cooked;
      const value = node?.type === 'Identifier' ? constantOf(node) : undefined;
      return value && value.type !== 'Identifier' ? literalOf(value) : undefined;
    }

    /** The texts of a list or a set that is written out. */
    function listOf(given) {
      const node = bare(given);
      if (node?.type === 'Identifier') return node.name === 'undefined' ? undefined : listOfConstant(node);
      if (node?.type === 'NewExpression' && node.callee.name === 'Set') return listOf(node.arguments[0]);
      if (node?.type !== 'ArrayExpression' || node.elements.length === 0) return undefined;
      const texts = node.elements.map(literalOf);
      return texts.includes(undefined) ? undefined : texts;
    }

    function listOfConstant(identifier) {
      const value = constantOf(identifier);
      return value && value.type !== 'Identifier' ? listOf(value) : undefined;
    }

    function asks(cloud, other) {
      const text = literalOf(other);
      if (text === undefined) return false;
      return isCloud(cloud) || (CLOUDS.has(text) && !AMBIGUOUS.has(text));
    }

    const report = (node) => context.report({ node, messageId: 'comparison' });

    return {
      BinaryExpression(node) {
        const { left, right, operator } = node;
        if (EQUALITY.has(operator) && (asks(left, right) || asks(right, left))) report(node);
        if (operator === 'in' && isCloud(left) && bare(right).type === 'ObjectExpression') report(node);
      },
      SwitchStatement(node) {
        const cases = node.cases.map(({ test }) => test && literalOf(test));
        if (isCloud(node.discriminant) || cases.some((text) => CLOUDS.has(text) && !AMBIGUOUS.has(text))) report(node);
      },
      CallExpression(node) {
        const callee = bare(node.callee);
        if (callee.type !== 'MemberExpression') return;
        const [method, first] = [keyOf(callee), node.arguments[0]];
        const list = listOf(callee.object);
        const onList =
          list && ((HOLDS.has(method) && isCloud(first)) || (SEEKS.has(method) && comparesCloud(list, first)));
        const onText = ASKS.has(method) && isCloud(callee.object);
        const onPattern = bare(callee.object).regex !== undefined && /^(?:test|exec)$/.test(method) && isCloud(first);
        if (onList || onText || onPattern) report(node);
      },
    };

    /** A search through names of clouds for the one that it is on. */
    function comparesCloud(list, callback) {
      if (!callback || !list.some((text) => CLOUDS.has(text))) return false;
      const body = bare(callback.body);
      return body?.type === 'BinaryExpression' && (isCloud(body.left) || isCloud(body.right));
    }
  },
};
