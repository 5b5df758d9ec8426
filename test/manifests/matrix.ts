import { makeOfflinePlan, type OfflinePlan } from '../../cli/offline/make-plan';
import type { CloudName } from '../../plan/vocabulary';
import { combinations, wordsOf } from './combinations';
import { factsOf } from './facts';
import { unlikeTheFacts } from './facts-of-plan';
import { unlikeTheGuide } from './guides';
import { manifestIn, reviewed } from './manifests';
import { violationsOf } from './verdicts';

/** Everything that holds of every combination on a cloud: each is planned once and looked at four times. */
export function walkTheMatrix(cloud: CloudName): void {
  const mine = combinations.filter((flags) => flags.cloud === cloud);
  // CI has the facts. Elsewhere there is nothing to compare with, and the run says so.
  const packages = [cloud, 'mongodbatlas'].filter((name) => factsOf(name));
  if (packages.length === 0)
    process.stdout.write(`provider facts are not at hand: plans on ${cloud} were not walked\n`);

  describe.each(mine.map((flags) => [wordsOf(flags), flags] as const))('%s', (_, flags) => {
    // Held while it is looked at and no longer: all plans of a cloud together are gigabytes.
    let plan: OfflinePlan | undefined;
    beforeAll(async () => {
      plan = await makeOfflinePlan(flags);
    });
    afterAll(() => {
      plan = undefined;
    });

    // After a change that is meant: npm run manifests, and read the difference.
    test('is as it was reviewed', () => {
      expect(manifestIn(plan!)).toBe(reviewed(flags));
    });

    test('has the guide’s numbers', () => {
      expect(unlikeTheGuide(flags, plan!.resources)).toEqual([]);
    });

    test('breaks no mandatory policy', () => {
      expect(violationsOf(plan!)).toEqual([]);
    });

    if (packages.length === 0) return;
    test('agrees with the providers’ own facts', () => {
      const { resources } = plan!;
      expect(unlikeTheFacts(resources)).toEqual([]);
      expect(resources.length).toBeGreaterThan(30);
    });
  });
}
