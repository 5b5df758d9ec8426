// Loads the program as the project's own is loaded; see stacks/main.js.
for (const extension of ['.ts', '.tsx']) delete require.extensions[extension];
require('tsx/cjs');

module.exports = require('./databases.ts');
