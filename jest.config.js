/** Transpiled by swc, never type-checked here: `tsc` does that once in `make test`. */
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
};
const project = (displayName, testMatch, ...setupFilesAfterEnv) => ({
  displayName,
  testMatch,
  transform,
  testEnvironment: 'node',
  setupFilesAfterEnv,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.ladder'],
});

module.exports = {
  // A machine that does several things at once is no failure: the first plan of a file loads the SDKs of the clouds.
  testTimeout: 30_000,
  // A worker that holds the SDKs of several clouds, and plans besides, is started anew before its heap is full.
  workerIdleMemoryLimit: '1GB',
  projects: [
    // Pure functions and the recorded registrations of components: seconds.
    project('unit', ['<rootDir>/test/**/*.test.ts'], '<rootDir>/test/seed.ts'),
    // Real servers and the real engine, in files named for it: minutes, one after the other.
    project('engine', ['<rootDir>/test/**/*.engine.ts'], '<rootDir>/test/slow.ts'),
    project('server', ['<rootDir>/test/**/*.server.ts'], '<rootDir>/test/slow.ts'),
    // The engine's long walks on all clouds; `make test-clouds` and not `make test`.
    project('clouds', ['<rootDir>/test/clouds/*.cloud.ts'], '<rootDir>/test/slow.ts'),
    // A real Kubernetes API server; `make test-kubernetes` and not `make test`.
    project('kubernetes', ['<rootDir>/test/**/*.kube.ts'], '<rootDir>/test/slow.ts'),
  ],
};
