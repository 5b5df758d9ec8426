/** A file on an instance, owned by root. */
export interface InstanceFile {
  path: string;
  permissions: '0600' | '0644' | '0755';
  content: string;
}

/** What runs beside a service: its files, and the units to enable and start (`--now --no-block`) once they are there. */
export interface InstancePart {
  files: InstanceFile[];
  units: string[];
}

export function partsTogether(parts: InstancePart[]): InstancePart {
  return { files: parts.flatMap(({ files }) => files), units: parts.flatMap(({ units }) => units) };
}
