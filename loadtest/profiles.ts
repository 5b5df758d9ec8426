import type { LoadTestNeeds } from '../systems/system';

/** Kinds of load tests, as k6's documentation tells them apart. */
export const profiles = ['smoke', 'load', 'stress', 'soak', 'spike'] as const;
export type ProfileName = (typeof profiles)[number];

/** A part of a test: within `seconds` the load goes to `target`, in the system's own unit. */
export interface Stage {
  seconds: number;
  target: number;
}

export interface Shape {
  unit: LoadTestNeeds['unit'];
  /** Load at the beginning; where it is that of the only stage, it is constant. */
  start: number;
  stages: Stage[];
}

/** Makes a test shorter and lighter, to try it out: durations and loads are divided. */
export interface Shrink {
  faster: number;
  smaller: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** "Between 2 and 20" users find out whether the script and the system work at all. */
const SMOKE_USERS = 3;

/**
 * The course of a test. Durations are those of k6's documentation (Testing guides, Load test types: smoke 3 users for a
 * minute; average load 5, 30 and 5 minutes; stress 10, 30 and 5; soak 5 minutes, 8 hours and 5 minutes; spike 2 up and 1
 * down, without a plateau). Loads are the system's own.
 */
export function shapeOf(profile: ProfileName, needs: LoadTestNeeds): Shape {
  const { unit, usual, stress, spike, steadyMinutes } = needs;
  const hill = (up: number, top: number, hold: number, down: number): Shape => ({
    unit,
    start: 0,
    stages: [
      { seconds: up, target: top },
      { seconds: hold, target: top },
      { seconds: down, target: 0 },
    ].filter(({ seconds }) => seconds > 0),
  });
  const level = (of: Shape['unit'], target: number, seconds: number): Shape => ({
    unit: of,
    start: target,
    stages: [{ seconds, target }],
  });
  switch (profile) {
    case 'smoke':
      return level('users', SMOKE_USERS, MINUTE);
    case 'load':
      return steadyMinutes === undefined
        ? hill(5 * MINUTE, usual, 30 * MINUTE, 5 * MINUTE)
        : level(unit, usual, steadyMinutes * MINUTE);
    case 'stress':
      return hill(10 * MINUTE, stress, 30 * MINUTE, 5 * MINUTE);
    case 'soak':
      return hill(5 * MINUTE, usual, 8 * HOUR, 5 * MINUTE);
    case 'spike':
      return hill(2 * MINUTE, spike, 0, MINUTE);
  }
}

/** The same course in less time and with less load; never without any of the two. */
export function shrunk({ unit, start, stages }: Shape, { faster, smaller }: Shrink): Shape {
  const less = (load: number) => (load === 0 ? 0 : Math.max(1, Math.round(load / smaller)));
  return {
    unit,
    start: less(start),
    stages: stages.map(({ seconds, target }) => ({
      seconds: Math.max(1, Math.round(seconds / faster)),
      target: less(target),
    })),
  };
}
