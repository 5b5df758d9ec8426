import fc from 'fast-check';
import { atlasTiers, connectionsOf, higherTier } from '../../plan/atlas-tiers';

const anyTier = fc.constantFrom(...atlasTiers);

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

  test('accepts at least as many connections as the lower one', () => {
    fc.assert(
      fc.property(anyTier, anyTier, (a, b) => {
        expect(connectionsOf(higherTier(a, b))!).toBeGreaterThanOrEqual(connectionsOf(a)!);
      }),
    );
    expect(connectionsOf('M700')).toBeUndefined();
  });

  test('tiers are listed from the smallest to the greatest', () => {
    const sizes = atlasTiers.map((tier) => Number(tier.slice(1)));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});
