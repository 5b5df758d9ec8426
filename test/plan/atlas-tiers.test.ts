import fc from 'fast-check';
import { atlasTiers, fitPool, higherTier } from '../../plan/atlas-tiers';

const anyTier = fc.constantFrom(...atlasTiers);

describe('the pool that fits a tier', () => {
  test.each([
    // wanted, tier, instances, pool
    [100, 'M30', 10, 100],
    [100, 'M30', 24, 100],
    [100, 'M30', 25, 96],
    [100, 'M0', 10, 40],
    [100, 'M0', 400, 1],
    [100, 'M10', 20, 60],
    [5, 'M0', 10, 5],
  ])('%i wanted on %s by %i instances: %i', (wanted, tier, instances, pool) => {
    expect(fitPool(wanted, tier, instances)).toBe(pool);
  });

  test('is a whole number from 1 to what is wanted, on every tier', () => {
    const whole = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(whole, anyTier, whole, (wanted, tier, instances) => {
        const pool = fitPool(wanted, tier, instances);
        expect(Number.isInteger(pool)).toBe(true);
        expect(pool).toBeGreaterThanOrEqual(1);
        expect(pool).toBeLessThanOrEqual(wanted);
      }),
    );
  });

  test('never grows with more instances, and never shrinks with a higher tier', () => {
    const whole = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(whole, anyTier, anyTier, whole, whole, (wanted, a, b, instances, more) => {
        expect(fitPool(wanted, a, instances + more)).toBeLessThanOrEqual(fitPool(wanted, a, instances));
        expect(fitPool(wanted, higherTier(a, b), instances)).toBeGreaterThanOrEqual(fitPool(wanted, a, instances));
      }),
    );
  });

  test('of a tier that is not known is what was wanted', () => {
    expect(fitPool(100, 'M700', 1_000)).toBe(100);
  });
});

describe('the higher of two tiers', () => {
  test('goes by size, not by spelling', () => {
    expect(higherTier('M10', 'M5')).toBe('M10');
    expect(higherTier('M30', 'M0')).toBe('M30');
    expect(higherTier('M40', 'M80')).toBe('M80');
  });

  test('is one of the two, whichever comes first', () => {
    fc.assert(
      fc.property(anyTier, anyTier, (a, b) => {
        expect([a, b]).toContain(higherTier(a, b));
        expect(higherTier(a, b)).toBe(higherTier(b, a));
      }),
    );
  });

  test('tiers are listed from the smallest to the greatest', () => {
    const sizes = atlasTiers.map((tier) => Number(tier.slice(1)));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});
