import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Bag } from '../../../sandbox/model/values';
import type { LiveObject } from './api';
import type { ControlPlane } from './control-plane';

/** Where an operator's definitions are: in the Go module of its source, at the version that the components are for. */
interface Operator {
  module: string;
  version: string;
  /** Of the module, as the checksum database has it. */
  sum: string;
  /** A file, or a folder of files. */
  path: string;
  kinds: string[];
}

const operators: Operator[] = [
  {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.20.2',
    sum: 'h1:CimnY00nLqB2lmxhoSuEC4GDMFDK7JCXqyjwMM9ndIQ=',
    path: 'deploy/crds',
    kinds: ['Certificate', 'ClusterIssuer', 'Issuer'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.90.1',
    sum: 'h1:n/+FkLB6WpftBxJC8IEHrWXSA6uzNTocFmwU/ACkfeg=',
    path: 'example/prometheus-operator-crd',
    kinds: ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
  },
  {
    module: 'github.com/percona/percona-server-mongodb-operator',
    version: 'v1.22.0',
    sum: 'h1:7iLJkmwa6AHSDTSY9q+g6/E53KrMF8p4uc/2NHrcN2g=',
    path: 'deploy/crd.yaml',
    kinds: ['PerconaServerMongoDB', 'PerconaServerMongoDBBackup', 'PerconaServerMongoDBRestore'],
  },
  {
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.30.1',
    sum: 'h1:d1jxp0jQi7/3zrEhsv9ycD+G5ssmkNvDvTmogaGccCw=',
    path: 'config/crd/bases',
    kinds: ['Backup', 'Cluster', 'ScheduledBackup'],
  },
  {
    module: 'github.com/cloudnative-pg/plugin-barman-cloud',
    version: 'v0.15.0',
    sum: 'h1:gNVytrzzYUE08wxLDrjfJqy1FPPSFkMe1OEr4s4pVI0=',
    path: 'config/crd/bases',
    kinds: ['ObjectStore'],
  },
];

/** Installs the kinds of the operators that the components write for. The operators themselves do not run. */
export async function installOperators(plane: ControlPlane): Promise<void> {
  for (const operator of operators) {
    for (const definition of definitionsOf(operator)) {
      const { name } = (definition as unknown as LiveObject).metadata;
      await plane.api.apply(definition);
      await plane.until(`${name} is served`, async () => {
        const found = await plane.api.must('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '', name);
        return (
          found.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false
        );
      });
    }
  }
}

function definitionsOf({ module, version, sum, path, kinds }: Operator): Bag[] {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' });
  const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (Sum !== sum) throw new Error(`${module}@${version} has the sum ${Sum}, not ${sum}`);
  const place = join(Dir, path);
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => join(place, file))
    : [place];
  const all = files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS({ maxAliasCount: -1 }) as Definition),
  );
  const wanted = kinds.map((kind) => all.find((definition) => definition?.spec?.names.kind === kind));
  if (wanted.includes(undefined)) throw new Error(`${module}@${version} has not all of ${kinds.join(', ')}`);
  // What is under `metadata` besides the name is for Helm to fill in.
  return wanted.map(
    (definition) => ({ ...definition, metadata: { name: definition!.metadata.name } }) as unknown as Bag,
  );
}

interface Definition {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec?: { names: { kind: string } };
}
