/** What the rotation may do: its own secrets, one database's password, and its own log. */
export function rotationPolicy(secretArns: string[], databaseArn: string, logGroupArn: string) {
  const allow = (actions: string[], resources: string[]) => ({ Effect: 'Allow', Action: actions, Resource: resources });
  return {
    Version: '2012-10-17',
    Statement: [
      allow(
        [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        secretArns,
      ),
      // Takes no resource: it makes random text and reads nothing.
      allow(['secretsmanager:GetRandomPassword'], ['*']),
      allow(
        ['rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'rds:ModifyDBInstance', 'rds:ModifyDBCluster'],
        [databaseArn],
      ),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroupArn}:*`]),
    ],
  };
}
