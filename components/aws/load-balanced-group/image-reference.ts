/** A private repository of ECR, taken from the reference of an image in it. */
export interface EcrRepository {
  registry: string;
  account: string;
  region: string;
  /** ARN of the repository, for a policy. */
  arn: string;
}

const ecrRegistry =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;

/** The ECR repository that an image is in, or undefined for any other registry, `public.ecr.aws` included. */
export function ecrRepository(image: string): EcrRepository | undefined {
  const slash = image.indexOf('/');
  const registry = image.slice(0, Math.max(slash, 0));
  const [, account, region] = ecrRegistry.exec(registry) ?? [];
  if (account === undefined || region === undefined) return undefined;
  const repository = image.slice(slash + 1).replace(/[:@].*$/, '');
  return {
    registry,
    account,
    region,
    arn: `arn:${partition(region)}:ecr:${region}:${account}:repository/${repository}`,
  };
}

/** The part of AWS that a region is in, as ARNs spell it. */
function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
