import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterPlan, Plan } from '../../../plan/types';
import { Lab, type Run } from '../../engine/lab';
import { ControlPlane } from './control-plane';
import { podsOf, unsettled, waitingPods } from './looking';
import { installOperators } from './operators';
import { plannedNodes, planOf } from './planned';
import { Process } from './process';

/** Milliseconds. Instances of a database come one after the other. */
const READY_WITHIN = 300_000;

/** What a system's stack is told besides the committed example of prod. */
export type Settings = Record<string, unknown>;

/** A system that keeps its data in rows, on a real API server: nodes are those of the plan at Large, as many as it allows. */
export class RowsWalk {
  private constructor(
    readonly plane: ControlPlane,
    readonly lab: Lab,
    /** At Large. */
    readonly plan: Plan & { cluster: ClusterPlan },
    private readonly operator: Process,
    private readonly settings: Settings,
  ) {}

  static async start(settings: Settings): Promise<RowsWalk> {
    const lab = new Lab('prod');
    lab.configure('prod', { ...settings, phase: 'large' });
    const plan = await planOf(join(lab.project, 'Pulumi.prod.yaml'));
    const plane = await ControlPlane.start(plannedNodes(plan));
    await installOperators(plane);
    const program = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'postgres-operator.main.ts')];
    const operator = new Process('postgres-operator', process.execPath, [...program, plane.kubeconfig], plane.folder);
    return new RowsWalk(plane, lab, plan, operator, settings);
  }

  async stop(): Promise<void> {
    await this.operator.stop();
    await this.plane.stop();
    this.lab.close();
  }

  get namespace(): string {
    return this.plan.cluster.namespace;
  }

  /** The configuration of a phase, with what is kept encrypted. */
  at(phase: string, changed: Settings = {}): void {
    this.lab.configure('prod', { ...this.settings, phase, ...changed });
    this.secret('kubeconfig', readFileSync(this.plane.kubeconfig, 'utf8'));
    this.secret('secrets.AWS_ACCESS_KEY_ID', 'canary-id');
    this.secret('secrets.AWS_SECRET_ACCESS_KEY', 'canary-key');
  }

  succeeded(run: Run): Run {
    if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
    return run;
  }

  /** Waits until every pod that should be there is, the database's as well: those are the operator's, who works later. */
  async settled(instances: number): Promise<void> {
    let missing: string[] = [];
    try {
      const isComplete = async (): Promise<boolean> => {
        this.operator.mustRun();
        const pods = (await this.databasePods()).length;
        missing = await unsettled(this.plane.api, this.namespace);
        if (pods !== instances) missing.push(`the database has ${pods} instances of ${instances}`);
        return missing.length === 0;
      };
      await this.plane.until('every pod is ready', isComplete, READY_WITHIN);
    } catch (error) {
      const waiting = await waitingPods(this.plane.api, this.namespace);
      throw new Error(`${(error as Error).message}: ${[...missing, ...waiting].join(', ')}`, { cause: error });
    }
  }

  databasePods() {
    const { name } = this.plan.relationalDatabase!;
    return podsOf(this.plane.api, this.namespace, { 'cnpg.io/cluster': `${name}-db` });
  }

  /** What must never change of stores: each set's identity and claims, each claim's volume, the database's own object. */
  async identities(): Promise<Record<string, unknown>> {
    const { api } = this.plane;
    const sets = await api.list('apps/v1', 'StatefulSet', this.namespace);
    const claims = await api.list('v1', 'PersistentVolumeClaim', this.namespace);
    const databases = await api.list('postgresql.cnpg.io/v1', 'Cluster', this.namespace);
    return Object.fromEntries([
      ...databases.map(({ metadata }) => [`database ${metadata.name}`, metadata.uid]),
      ...sets.map(({ metadata, spec }) => [
        `set ${metadata.name}`,
        { uid: metadata.uid, service: spec.serviceName, claims: spec.volumeClaimTemplates, selector: spec.selector },
      ]),
      ...claims.map(({ metadata, spec }) => [`claim ${metadata.name}`, { uid: metadata.uid, volume: spec.volumeName }]),
    ]);
  }

  private secret(key: string, value: string): void {
    const { lab } = this;
    lab.must('config', 'set', '--secret', '--path', `stackladder:${key}`, value, '--stack', lab.stack);
  }
}
