import { wrongAdoptions } from '../stacks/config/wrong-adoption';
import { wrongCases, type WrongCase } from '../stacks/config/wrong-cases';
import { wrongFrontDoors } from '../stacks/config/wrong-front-door';
import { wrongMoves } from '../stacks/config/wrong-moves';
import { wrongOnClusters } from '../stacks/config/wrong-on-clusters';
import { wrongOnDigitalOcean } from '../stacks/config/wrong-on-digitalocean';
import { wrongOnGcp } from '../stacks/config/wrong-on-gcp';
import { wrongOnKubernetes } from '../stacks/config/wrong-on-kubernetes';
import { wrongPools } from '../stacks/config/wrong-pooler';
import { wrongRelational } from '../stacks/config/wrong-relational';
import { wrongScaling } from '../stacks/config/wrong-scaling';
import { wrongWorkers } from '../stacks/config/wrong-workers';
import type { Lab } from './lab';

const ofClouds = [wrongCases, wrongOnGcp, wrongOnDigitalOcean, wrongOnKubernetes, wrongOnClusters, wrongMoves];
const ofCapabilities = [wrongRelational, wrongPools, wrongWorkers, wrongScaling, wrongFrontDoors, wrongAdoptions];

/** So many of a list, spread over it. What is given encrypted stays out: a stack's file is written in plain text here. */
function spread(all: WrongCase[], sample: number): WrongCase[] {
  const cases = all.filter(({ secretKeys }) => secretKeys === undefined);
  const most = Math.min(sample, cases.length);
  return Array.from({ length: most }, (_, at) => cases[Math.floor((at * cases.length) / most)]!);
}

/** Wrong configurations, so many of each cloud and of each capability. The schema's own tests walk all of them. */
export function someWrong(ofEachCloud: number, ofEachCapability: number): (readonly [string, WrongCase])[] {
  return [
    ...ofClouds.flatMap((cases) => spread(cases, ofEachCloud)),
    ...ofCapabilities.flatMap((cases) => spread(cases, ofEachCapability)),
  ].map((wrong) => [wrong.name, wrong] as const);
}

/** One message that says what is wrong, and an empty cloud. */
export function expectRefusal(lab: Lab, wrong: WrongCase): void {
  lab.configure(wrong.stack ?? 'prod', wrong.changes);
  const { code, output } = lab.pulumi('preview', '--stack', lab.stack);
  expect(code).not.toBe(0);
  for (const text of wrong.says) expect(output).toContain(text);
  // The engine shows a message's first line beside the stack as well; below `Diagnostics` each stands once.
  const [, diagnostics = ''] = output.split('Diagnostics:');
  expect(diagnostics.match(/nothing was created/g)).toHaveLength(1);
  expect(lab.cloud()).toEqual([]);
}
