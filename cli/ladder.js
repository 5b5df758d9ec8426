#!/usr/bin/env node
// In a checkout the sources run as they are, transpiled as they load; in the published package they are JavaScript.
require('tsx/cjs');
require('./main.ts');
