// Tests that start real servers and engines take minutes, not seconds.
jest.setTimeout(600_000);
