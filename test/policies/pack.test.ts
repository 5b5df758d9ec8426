import * as grpc from '@grpc/grpc-js';
import { AnalyzerClient } from '@pulumi/pulumi/proto/analyzer_grpc_pb';
import * as proto from '@pulumi/pulumi/proto/analyzer_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { secretSignature, signatureKey, unknownValue } from '../../cli/offline/wire';
import { rules } from '../../policies/rules';

/** The pack as the engine starts it, and asked over the engine's own protocol. */
let pack: ChildProcess;
let client: AnalyzerClient;

beforeAll(async () => {
  const folder = resolve(__dirname, '../../policies');
  const runner = require.resolve('@pulumi/pulumi/cmd/run-policy-pack');
  pack = spawn(process.execPath, [runner, '127.0.0.1:0', folder], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await new Promise<string>((found, failed) => {
    let errors = '';
    pack.stderr!.on('data', (text) => (errors += String(text)));
    pack.stdout!.once('data', (text) => found(String(text).trim()));
    pack.once('exit', () => failed(new Error(`the pack does not load: ${errors}`)));
  });
  client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}, 60_000);

afterAll(() => {
  client?.close();
  pack?.kill();
});

function analyze(type: string, props: Record<string, JavaScriptValue>): Promise<proto.AnalyzeDiagnostic[]> {
  const request = new proto.AnalyzeRequest();
  request.setType(type);
  request.setName('it');
  request.setUrn(`urn:pulumi:prod::stackladder::${type}::it`);
  request.setProperties(Struct.fromJavaScript(props));
  request.setOptions(new proto.AnalyzerResourceOptions());
  return new Promise((answered, failed) =>
    client.analyze(request, (error, response) => (error ? failed(error) : answered(response.getDiagnosticsList()))),
  );
}

const about = (found: proto.AnalyzeDiagnostic[], id: string) => found.filter((each) => each.getPolicyname() === id);

test('has every rule as a policy', async () => {
  const info = await new Promise<proto.AnalyzerInfo>((answered, failed) =>
    client.getAnalyzerInfo(new Empty(), (error, response) => (error ? failed(error) : answered(response))),
  );
  expect(info.getName()).toBe('stackladder');
  expect(
    info
      .getPoliciesList()
      .map((policy) => policy.getName())
      .sort(),
  ).toEqual(rules.map((rule) => rule.id).sort());
});

test('stops a group of one, and says how to mend it', async () => {
  const [found] = about(
    await analyze('aws:autoscaling/group:Group', { minSize: 1, maxSize: 10 }),
    'group-two-replicas',
  );
  expect(found?.getEnforcementlevel()).toBe(proto.EnforcementLevel.MANDATORY);
  expect(found?.getMessage()).toContain('group-two-replicas: it: minSize is 1, at least 2 is needed. To mend: ');
});

test('judges an object of Kubernetes by its labels, and its pods', async () => {
  const scaler = await analyze('kubernetes:autoscaling/v2:HorizontalPodAutoscaler', {
    metadata: { labels: { 'app.kubernetes.io/part-of': 'pulse', 'stackladder.dev/phase': 'small' } },
    spec: { minReplicas: 2, maxReplicas: 40 },
  });
  expect(about(scaler, 'group-bounds').map((each) => each.getMessage())).toEqual([
    expect.stringContaining('spec.maxReplicas 40 is above 10, the most that small allows'),
  ]);
  const container = { name: 'api', image: 'pulse-api:latest', env: [{ name: 'TOKEN', value: unknownValue }] };
  const pods = await analyze('kubernetes:apps/v1:Deployment', {
    spec: { template: { spec: { containers: [container] } } },
  });
  expect(about(pods, 'k8s-image-pinned')).toHaveLength(1);
  expect(about(pods, 'k8s-no-plain-secrets')).toEqual([]);
});

test('nothing that is unknown is a violation', async () => {
  const names = ['minSize', 'maxSize', 'vpcZoneIdentifiers', 'launchTemplate', 'instanceRefresh', 'tags'];
  const unknown = Object.fromEntries(names.map((name) => [name, unknownValue]));
  expect(await analyze('aws:autoscaling/group:Group', unknown)).toEqual([]);
});

test('a secret is judged and never repeated', async () => {
  const userData = Buffer.from('#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n').toString('base64');
  const secret = { [signatureKey]: secretSignature, value: userData };
  const found = await analyze('aws:ec2/launchTemplate:LaunchTemplate', { userData: secret });
  expect(about(found, 'user-data-no-secrets')).toHaveLength(1);
  const text = found.map((each) => each.getMessage()).join('\n');
  expect(text).toContain('DB_PASSWORD');
  expect(text).not.toMatch(/correct-horse|ZXhwb3J0/);
});
