/** A policy document of Spaces, which speaks S3's language. */
export interface ReaderPolicy {
  Version: '2012-10-17';
  Statement: {
    Sid: string;
    Effect: 'Allow';
    Principal: '*';
    Action: string;
    Resource: string;
    Condition: { IpAddress: { 'aws:SourceIp': string[] } };
  }[];
}

/** Lets requests that come from these public addresses read objects, and nobody list, write or delete them. */
export function readerPolicy(bucket: string, addresses: string[]): ReaderPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OurGatewaysRead',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { IpAddress: { 'aws:SourceIp': addresses.map((address) => `${address}/32`) } },
      },
    ],
  };
}
