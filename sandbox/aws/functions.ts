import { createHash } from 'node:crypto';
import type { Cloud } from '../model/cloud';
import { CloudError } from '../model/errors';
import { flag, text } from '../model/reading';
import type { Bag } from '../model/values';

/** AWS's own public parameters: each of the images has one id a region, and here it never gets newer. */
const publicImage = /^\/aws\/service\/(ami-amazon-linux-latest|canonical|eks\/optimized-ami)\/.+/;

/** Systems Manager's `GetParameter`, for the parameters that AWS publishes. */
function getParameter(args: Bag, cloud: Cloud): Bag {
  const name = text(args, 'name') ?? '';
  const region = text(args, 'region') ?? cloud.region;
  if (region === '') throw new Error('missing region configuration: set aws:region');
  if (!publicImage.test(name))
    throw new CloudError('ParameterNotFound', `reading SSM Parameter (${name}): couldn't find resource`);
  const value = `ami-0${createHash('sha256').update(`${region}${name}`).digest('hex').slice(0, 16)}`;
  return {
    arn: `arn:aws:ssm:${region}::parameter${name}`,
    id: name,
    insecureValue: value,
    name,
    region,
    type: 'String',
    value,
    version: 1,
    withDecryption: flag(args, 'withDecryption') ?? true,
  };
}

export const functions = { 'aws:ssm/getParameter:getParameter': getParameter };
