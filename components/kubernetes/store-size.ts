/** A size of a store's pod, as the plan writes it: `<cpu>/<memory>`, e.g. `500m/2Gi`. */
const written = /^(\d+)(m?)\/(\d+)(Mi|Gi)$/;

export interface StoreSize {
  cpu: string;
  memory: string;
  cpuMillis: number;
  memoryMib: number;
}

export function isStoreSize(text: string): boolean {
  return written.test(text);
}

/** @throws Error for what is no size */
export function storeSizeOf(text: string): StoreSize {
  const found = written.exec(text);
  if (!found) throw new Error(`"${text}" is no size of a store: write it as 500m/2Gi`);
  const [, cpu, milli, memory, unit] = found;
  return {
    cpu: `${cpu}${milli}`,
    memory: `${memory}${unit}`,
    cpuMillis: Number(cpu) * (milli === 'm' ? 1 : 1_000),
    memoryMib: Number(memory) * (unit === 'Gi' ? 1_024 : 1),
  };
}
