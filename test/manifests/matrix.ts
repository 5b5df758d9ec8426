import type { CloudName } from '../../plan/vocabulary';
import { combinations, wordsOf } from './combinations';
import { factsOf } from './facts';
import { unlikeTheFacts } from './facts-of-plan';
import { unlikeTheGuide } from './guides';
import { manifestIn, reviewed } from './manifests';
import { sharedPlan } from './plans';
import { violationsOf } from './verdicts';

/** Everything that holds of every combination on a cloud: each is planned once and looked at four times. */
export function walkTheMatrix(cloud: CloudName): void {
  const mine = combinations.filter((flags) => flags.cloud === cloud);
  // CI has the facts. Elsewhere there is nothing to compare with, and the run says so.
  const packages = [cloud, 'mongodbatlas'].filter((name) => factsOf(name));
  if (packages.length === 0)
    process.stdout.write(`provider facts are not at hand: plans on ${cloud} were not walked\n`);

  describe.each(mine.map((flags) => [wordsOf(flags), flags] as const))('%s', (_, flags) => {
    // After a change that is meant: npm run manifests, and read the difference.
    test('is as it was reviewed', async () => {
      expect(manifestIn(await sharedPlan(flags))).toBe(reviewed(flags));
    });

    test('has the guide’s numbers', async () => {
      const { resources } = await sharedPlan(flags);
      expect(unlikeTheGuide(flags, resources)).toEqual([]);
    });

    test('breaks no mandatory policy', async () => {
      expect(violationsOf(await sharedPlan(flags))).toEqual([]);
    });

    if (packages.length === 0) return;
    test('agrees with the providers’ own facts', async () => {
      const { resources } = await sharedPlan(flags);
      expect(unlikeTheFacts(resources)).toEqual([]);
      expect(resources.length).toBeGreaterThan(30);
    });
  });
}
