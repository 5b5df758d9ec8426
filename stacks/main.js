// Transpiles the program as it loads and never type-checks it here: `make test` does that once. Plain JavaScript, so
// that every version of the engine's language host loads it in the same way, whatever options it knows. Older ones have
// put a type-checking loader of their own in place by now: it is taken out.
for (const extension of ['.ts', '.tsx']) delete require.extensions[extension];
require('tsx/cjs');

module.exports = require('./index.ts');
