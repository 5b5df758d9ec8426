/**
 * The sandbox: local resource providers that let the real Pulumi engine run with no cloud account. See README.md.
 */
export { drift, type Drift } from './drift';
export { packages, typeOf } from './packages';
export { engineEnvironment, startDetached, statusOf, stop, type Status } from './server/lifecycle';
export { serve, type Ports, type Running } from './server/servers';
export { Faults, faultKinds, verbs, type Fault, type FaultKind, type Verb } from './store/faults';
export type { Leftover, StoredResource } from './store/record';
export { DEFAULT_ACCOUNT, Store } from './store/store';
