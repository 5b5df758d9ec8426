/** Thousandths of a processor in a quantity such as `500m` or `2`. @throws Error for what is no quantity of processors */
export function cpuMillis(quantity: string): number {
  const found = /^(\d+(?:\.\d+)?)(m?)$/.exec(quantity);
  if (!found) throw new Error(`"${quantity}" is not a quantity of processors such as 500m or 2`);
  return Math.ceil(Number(found[1]) * (found[2] ? 1 : 1000));
}

const units: Record<string, number> = { Mi: 1, Gi: 1024 };

/** MiB in a quantity such as `512Mi` or `2Gi`. @throws Error for another unit: nothing here is written in one */
export function memoryMib(quantity: string): number {
  const found = /^(\d+(?:\.\d+)?)(Mi|Gi)$/.exec(quantity);
  if (!found) throw new Error(`"${quantity}" is not a quantity of memory such as 512Mi or 2Gi`);
  return Math.ceil(Number(found[1]) * units[found[2]!]!);
}

/** Processors and memory of a store's size such as `500m/2Gi`. */
export function storeSize(size: string): { cpuMillis: number; memoryMib: number } {
  const [cpu = '', memory = ''] = size.split('/');
  return { cpuMillis: cpuMillis(cpu), memoryMib: memoryMib(memory) };
}
