// Older engines start a pack with plain node and a type-checking loader of their own, newer ones through the language
// host: this entry serves both. The sources are transpiled as they load; `make test` type-checks them, once.
for (const extension of ['.ts', '.tsx']) delete require.extensions[extension];
require('tsx/cjs');
require('./index.ts');
