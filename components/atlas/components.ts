/** The MongoDB Atlas components, for programs of their own: `import { AtlasCluster } from 'stackladder/atlas'`. */
export { DatabaseAlert } from './alert';
export { AtlasCluster } from './cluster';
export { AtlasProject } from './project';
