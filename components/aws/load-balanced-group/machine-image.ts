/** Families on Graviton carry a `g` right after their generation: `t4g`, `m7gd`, `im4gn`. `a1` was the first. */
export function architectureOf(machine: string): 'arm64' | 'x86_64' {
  const family = machine.split('.')[0] ?? '';
  return family === 'a1' || /^[a-z]+\d+g[a-z]*$/.test(family) ? 'arm64' : 'x86_64';
}

/** AWS's public parameter that names the newest Amazon Linux 2023 for a machine, in a launch template's own notation. */
export function amazonLinux(machine: string): string {
  const parameter = `al2023-ami-kernel-default-${architectureOf(machine)}`;
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/${parameter}`;
}
