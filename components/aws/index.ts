import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { AwsPlatform } from './platform';

/** AWS: EC2 scaling groups behind an ALB, ElastiCache, S3 with CloudFront, and MongoDB Atlas on AWS. */
export const aws: Cloud = {
  open: (plan, secrets, providers) => new AwsPlatform(plan, secrets, providers),
  nextBests,
};
