/** Transpiled by swc, never type-checked here: `tsc` does that once in `make test`. */
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
};
const project = (displayName, testMatch, testTimeout) => ({
  displayName,
  testMatch,
  transform,
  testEnvironment: 'node',
  testTimeout,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.ladder'],
});

module.exports = {
  projects: [
    // Pure functions and the recorded registrations of components: seconds.
    project('unit', ['<rootDir>/test/**/*.test.ts'], 30_000),
    // Real servers and the real engine, in files named for it: minutes, one after the other.
    project('engine', ['<rootDir>/test/**/*.engine.ts'], 300_000),
    project('server', ['<rootDir>/test/**/*.server.ts'], 300_000),
  ],
};
