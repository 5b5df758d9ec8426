#!/usr/bin/env node
// The entry of the published package, where everything is JavaScript already.
import './main';
