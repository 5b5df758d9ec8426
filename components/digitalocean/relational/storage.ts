import { memoryOf } from '../database/arguments';

/** GiB of storage that a node has for each GiB of memory where none is asked for: 4 GB of memory, 60 GiB (price page). */
const GIB_PER_MEMORY = 15;
/** Limits of DigitalOcean's own storage autoscaling (Databases, API reference). */
const increment = { least: 10, most: 500, step: 10 };
const threshold = { least: 15, most: 95 };

/** MiB to ask for; undefined where the size brings as much by itself. */
export function storageMib(size: string, initialGb: number): string | undefined {
  return initialGb > (memoryOf(size) ?? 0) * GIB_PER_MEMORY ? String(initialGb * 1024) : undefined;
}

/** How storage grows by itself: a fifth of what it began with, each time that less than `freePercent` is left. */
export function storageAutoscale({ initialGb, freePercent }: { initialGb: number; freePercent: number }): {
  enabled: boolean;
  thresholdPercent: number;
  incrementGib: number;
} {
  const fifth = Math.ceil(initialGb / 5 / increment.step) * increment.step;
  return {
    enabled: true,
    thresholdPercent: Math.min(threshold.most, Math.max(threshold.least, 100 - freePercent)),
    incrementGib: Math.min(increment.most, Math.max(increment.least, fifth)),
  };
}
