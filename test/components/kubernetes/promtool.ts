import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Prometheus's own simulation of time, on files of a folder of its own. */
export class Promtool {
  private readonly folder = mkdtempSync(join(tmpdir(), 'rules-'));

  /** @param interval between two evaluations, e.g. `15s`; also that of the series */
  constructor(
    rules: object,
    private readonly interval: string,
  ) {
    if (spawnSync('promtool', ['--version']).status !== 0) {
      throw new Error('promtool is missing: install it (Debian: apt-get install -y prometheus)');
    }
    writeFileSync(join(this.folder, 'rules.yml'), stringify(rules));
  }

  /** What `promtool check rules` says. @throws Error where it refuses them */
  check(): string {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', join(this.folder, 'rules.yml')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout;
  }

  /** The value of an expression at a minute; undefined where it has none. Series as promtool writes them. */
  valueAt(expr: string, series: Record<string, string>, minute: number): number | undefined {
    const output = this.run({ ...this.input(series), promql_expr_test: [{ expr, eval_time: `${minute}m` }] });
    const found = /got:\s*(?:nil|(?:\{.*\}|\S+) (\S+))/.exec(output);
    if (!found) throw new Error(output);
    return found[1] === undefined ? undefined : Number(found[1]);
  }

  /** The severities with which an alert fires at a minute. */
  fires(alert: string, series: Record<string, string>, minute: number): string[] {
    const output = this.run({
      ...this.input(series),
      alert_rule_test: [{ eval_time: `${minute}m`, alertname: alert, exp_alerts: [] }],
    });
    if (output === '') return [];
    const got = output.slice(output.indexOf('got:'));
    return [...got.matchAll(/severity="(\w+)"/g)].map(([, severity]) => severity!);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private input(series: Record<string, string>): object {
    const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    return { interval: this.interval, input_series: input };
  }

  /** Nothing where the test passes; else what promtool says. A test that fails for another reason is an error. */
  private run(test: object): string {
    const path = join(this.folder, 'test.yml');
    writeFileSync(path, stringify({ rule_files: ['rules.yml'], evaluation_interval: this.interval, tests: [test] }));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', path], { encoding: 'utf8' });
    if (status === 0) return '';
    const output = stdout + stderr;
    if (!output.includes('got:')) throw new Error(output);
    return output;
  }
}
