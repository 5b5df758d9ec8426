// Older engines start a pack with plain node and no arguments, newer ones through the language host: this entry serves
// both. The sources are transpiled as they load and never type-checked.
require('tsx/cjs');
require('./index.ts');
