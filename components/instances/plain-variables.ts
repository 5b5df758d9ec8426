import * as pulumi from '@pulumi/pulumi';

/** A variable's value, and whether Pulumi holds it for a secret. */
interface MarkedText {
  text: string;
  secret: boolean;
}

/**
 * Variables for user data, which whoever may look at an instance can read. Pulumi would keep a secret that is worked
 * into it hidden in its own state, and EC2 would show it.
 *
 * @throws Error, where Pulumi waits for the value, for a variable that is a secret; it shows the name alone
 */
export function plainVariables(
  environment: Record<string, pulumi.Input<string>>,
): pulumi.Output<Record<string, string>> {
  const variables = Object.entries(environment).map(([name, value]): [string, pulumi.Output<string>] => [
    name,
    marked(value).apply((text) => plainOnly(name, text)),
  ]);
  return pulumi.all(Object.fromEntries(variables));
}

/** A value together with its mark, which an `apply` alone does not see. */
export function marked(value: pulumi.Input<string>): pulumi.Output<MarkedText> {
  const output = pulumi.output(value);
  return pulumi.all([output, pulumi.isSecret(output)]).apply(([text, secret]) => ({ text, secret }));
}

/** @throws Error for a secret */
export function plainOnly(name: string, { text, secret }: MarkedText): string {
  if (secret)
    throw new Error(`environment.${name} is a secret: keep it in the cloud's secret manager and give it in secrets`);
  return text;
}
