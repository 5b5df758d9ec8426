/**
 * What the cloud would answer for a property that the program did not set. Most are text, so a placeholder in angle
 * brackets stands for them and can be seen travelling through user data and policies; the few with a shape are here.
 */
const shapes: Record<string, (mark: (path: string) => string, inputs: Record<string, unknown>) => unknown> = {
  'aws:acm/certificate:Certificate.domainValidationOptions': (mark, inputs) =>
    [inputs.domainName, ...((inputs.subjectAlternativeNames as string[] | undefined) ?? [])].map((domain, at) => ({
      domainName: domain,
      resourceRecordName: mark(`domainValidationOptions[${at}].resourceRecordName`),
      resourceRecordType: mark(`domainValidationOptions[${at}].resourceRecordType`),
      resourceRecordValue: mark(`domainValidationOptions[${at}].resourceRecordValue`),
    })),
  'aws:elasticache/replicationGroup:ReplicationGroup.memberClusters': (mark, inputs) =>
    Array.from({ length: nodesOf(inputs) }, (_, at) => mark(`memberClusters[${at}]`)),
  'aws:eks/cluster:Cluster.certificateAuthority': (mark) => ({ data: mark('certificateAuthority.data') }),
  'aws:eks/nodeGroup:NodeGroup.resources': (mark) => [
    { autoscalingGroups: [{ name: mark('resources[0].autoscalingGroups[0].name') }] },
  ],
  'gcp:container/cluster:Cluster.masterAuth': (mark) => ({
    clusterCaCertificate: mark('masterAuth.clusterCaCertificate'),
  }),
  'digitalocean:index/databaseCluster:DatabaseCluster.privateUri': (mark, inputs) =>
    `${String(inputs.engine)}://${mark('user')}:${mark('password')}@${mark('privateHost')}/`,
  'gcp:memorystore/instance:Instance.endpoints': (mark) => [
    {
      connections: [
        {
          pscAutoConnection: {
            connectionType: 'CONNECTION_TYPE_DISCOVERY',
            ipAddress: mark('endpoints[0].connections[0].pscAutoConnection.ipAddress'),
          },
        },
      ],
    },
  ],
  'gcp:memorystore/instance:Instance.managedServerCas': (mark) => [
    { caCerts: [{ certificates: [mark('managedServerCas[0].caCerts[0].certificates[0]')] }] },
  ],
  'gcp:redis/instance:Instance.serverCaCerts': (mark) => [{ cert: mark('serverCaCerts[0].cert') }],
  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization.dnsResourceRecords': (mark) => [
    {
      name: mark('dnsResourceRecords[0].name'),
      type: mark('dnsResourceRecords[0].type'),
      data: mark('dnsResourceRecords[0].data'),
    },
  ],
  'mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint.serviceAttachmentNames': (mark) => [
    mark('serviceAttachmentNames[0]'),
  ],
  'digitalocean:index/kubernetesCluster:KubernetesCluster.kubeConfigs': (mark) => [
    { clusterCaCertificate: mark('kubeConfigs[0].clusterCaCertificate') },
  ],
  'digitalocean:index/vpcNatGateway:VpcNatGateway.egresses': (mark) => [
    { publicGateways: [{ ipv4: mark('egresses[0].publicGateways[0].ipv4') }] },
  ],
  // Bytes that are put into a key have to be as many as they will be.
  'random:index/randomId:RandomId.b64Std': (_, inputs) => Buffer.alloc(Number(inputs.byteLength)).toString('base64'),
  'mongodbatlas:index/advancedCluster:AdvancedCluster.connectionStrings': (mark) => ({
    standardSrv: mark('connectionStrings.standardSrv'),
    privateEndpoints: [
      { srvConnectionString: mark('connectionStrings.privateEndpoints[0].srvConnectionString'), endpoints: [] },
    ],
  }),
  'kubernetes:core/v1:Service.status': (mark) => ({
    loadBalancer: {
      ingress: [
        { ip: mark('status.loadBalancer.ingress[0].ip'), hostname: mark('status.loadBalancer.ingress[0].hostname') },
      ],
    },
  }),
};

function nodesOf({ numCacheClusters, numNodeGroups, replicasPerNodeGroup }: Record<string, unknown>): number {
  return Number(numCacheClusters ?? Number(numNodeGroups ?? 1) * (1 + Number(replicasPerNodeGroup ?? 0)));
}

/** Properties that the cloud completes where the program gave a part: the name that an object of a cluster is given. */
export function completedOf(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const metadata = inputs.metadata as Record<string, unknown> | undefined;
  if (!type.startsWith('kubernetes:') || metadata?.name !== undefined) return {};
  return { metadata: { ...metadata, name: `<unknown:${name}.metadata.name>` } };
}

export function outputsOf(type: string, name: string, property: string, inputs: Record<string, unknown>): unknown {
  const mark = (path: string) => `<unknown:${name}.${path}>`;
  return shapes[`${type}.${property}`]?.(mark, inputs) ?? mark(property);
}
