import { createHash } from 'node:crypto';
import { CloudError } from '../model/errors';
import { text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import type { Bag } from '../model/values';

/** AWS's own public parameters for machine images: one AMI for each name and region. */
const PUBLIC_IMAGES = /^\/aws\/service\/ami-amazon-linux-latest\/[\w.-]+$/;

/** Reads of a parameter of Systems Manager: the public ones that name machine images. */
function getParameter(args: Bag, cloud: Cloud): Bag {
  const name = text(args, 'name') ?? '';
  const region = text(args, 'region') ?? cloud.region;
  if (!PUBLIC_IMAGES.test(name)) throw new CloudError('ParameterNotFound', `couldn't find resource: ${name}`);
  const value = `ami-${createHash('sha256').update(`${region}${name}`).digest('hex').slice(0, 17)}`;
  return {
    id: name,
    arn: `arn:aws:ssm:${region}::parameter${name}`,
    name,
    region,
    type: 'String',
    value,
    insecureValue: value,
    version: 1,
  };
}

export const functions = { 'aws:ssm/getParameter:getParameter': getParameter };
